package dev.wavetank.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.NodeSpec;
import dev.wavetank.controllers.ControlPlane;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole cluster's life: Deployments of 1,000 pods each come up, roll to a new template and go down to zero, over one node
 * for every 30 pods; scheduler, kubelets and controllers included, client limits lifted, no traffic.
 *
 * <p>Run with {@code java -Xmx4g -jar benchmarks/target/benchmarks.jar ClusterBenchmark}; one size with {@code -p pods=1000}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx4g", "-XX:+UseSerialGC"})
public class ClusterBenchmark {

    private static final int PODS_PER_NODE = 30;
    private static final int PODS_PER_DEPLOYMENT = 1_000;
    private static final long LONGEST = 24 * 3600 * Times.SECOND;

    /** Pods in all. */
    @Param({"1000", "10000", "50000", "150000"})
    public int pods;

    /** Up, one rollout, down to zero; returns the events it took. */
    @Benchmark
    public long createRollAndZero() {
        return life(pods);
    }

    /** See the class comment. */
    static long life(int pods) {
        ClusterSpec spec = ClusterSpec.dockerDesktop()
                .withNodes(nodes(Math.max(1, pods / PODS_PER_NODE)))
                .withControlPlane(ControlPlane.STANDARD.withoutLimits());
        Cluster cluster = new Cluster(spec, 1);
        int deployments = Math.max(1, pods / PODS_PER_DEPLOYMENT);
        for (int i = 0; i < deployments; i++) {
            cluster.apply(deployment("web-" + i, pods / deployments));
        }
        settle(cluster);
        for (int i = 0; i < deployments; i++) {
            cluster.deployments().setImage(new ObjectKey(ResourceKind.DEPLOYMENT, "default", "web-" + i), "", "web:2");
        }
        settle(cluster);
        for (int i = 0; i < deployments; i++) {
            cluster.scale("web-" + i, 0);
        }
        settle(cluster);
        if (!cluster.store().list(ResourceKind.POD).isEmpty()) {
            throw new IllegalStateException("pods are left");
        }
        return cluster.simulation().fired();
    }

    /** Looks once a virtual second; looking costs a walk over all pods. */
    private static void settle(Cluster cluster) {
        long deadline = cluster.now() + LONGEST;
        do {
            if (cluster.now() > deadline) {
                throw new IllegalStateException("it does not settle");
            }
            cluster.runFor(Times.SECOND);
        } while (!cluster.isSettled());
    }

    private static ImmutableList<NodeSpec> nodes(int count) {
        ImmutableList.Builder<NodeSpec> nodes = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            nodes.add(NodeSpec.of("node-" + i, 16_000, 64L << 30));
        }
        return nodes.build();
    }

    private static Deployment deployment(String name, int replicas) {
        String manifest = "{'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': '" + name
                + "'}, 'spec': {'replicas': " + replicas + ", 'selector': {'matchLabels': {'app': '" + name
                + "'}}, 'template': {'metadata': {'labels': {'app': '" + name
                + "'}}, 'spec': {'containers': [{'name': 'web', 'image': 'web:1', 'resources': {'requests': {'cpu':"
                + " '100m', 'memory': '64Mi'}}}]}}}}";
        try {
            return (Deployment) ManifestReader.read(
                    Field.root(new ObjectMapper().readTree(manifest.replace('\'', '"')), new Findings()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
