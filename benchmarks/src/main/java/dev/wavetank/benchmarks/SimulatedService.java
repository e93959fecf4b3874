package dev.wavetank.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.NodeSpec;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import dev.wavetank.network.CallerSettings;
import dev.wavetank.network.Client;
import dev.wavetank.network.Connections;
import dev.wavetank.network.Load;
import dev.wavetank.network.ProxySettings;
import dev.wavetank.network.ServiceTarget;
import java.util.List;

/** A cluster with one Service over some pods, all ready, and one client that calls it at a constant rate on average. */
final class SimulatedService {

    private static final long SECOND = 1_000_000_000L;
    private static final double PER_POD = 1_000;

    private static final String SERVICE = """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
             "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 8000}]}}
            """;

    private final Cluster cluster;
    private final Client client;
    private final long chunkNanos;

    /**
     * Builds it and lets it run until it has settled.
     *
     * @param cpu processor time of a request
     * @param time how long a request takes in all
     */
    SimulatedService(ProxySettings proxy, Connections connections, int pods, String cpu, String time) {
        ClusterSpec spec = ClusterSpec.dockerDesktop()
                .withNodes(com.google.common.collect.ImmutableList.of(new NodeSpec(
                        "node",
                        "",
                        com.google.common.collect.ImmutableMap.of(),
                        new dev.wavetank.model.Resources(64_000, 64L << 30),
                        20_000)))
                .withProxy(proxy);
        cluster = new Cluster(spec, 1);
        AppBehavior.Work work =
                new AppBehavior.Work(Distribution.parse(time), Distribution.parse(cpu), 1_000, Integer.MAX_VALUE, 0);
        cluster.setBehavior("web", AppBehavior.STANDARD.withRequest(work));
        cluster.apply(read("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
                 "spec": {"replicas": %d, "selector": {"matchLabels": {"app": "web"}},
                  "template": {"metadata": {"labels": {"app": "web"}},
                   "spec": {"containers": [{"name": "web", "image": "web:1",
                    "resources": {"requests": {"cpu": "10m"}, "limits": {"cpu": "4"}}}]}}}}
                """.formatted(pods)));
        cluster.apply(read(SERVICE));
        if (!cluster.runUntil(cluster::isSettled, 3_600 * SECOND)) {
            throw new IllegalStateException("the pods are not up");
        }
        cluster.runFor(10 * SECOND);
        double rate = PER_POD * pods;
        client = cluster.addClient(
                "client",
                ServiceTarget.of("web"),
                CallerSettings.STANDARD.withConnections(connections),
                List.of(new Load.Poisson(rate, Long.MAX_VALUE, Long.MAX_VALUE)),
                (sentAt, endedAt, pod, failure) -> {});
        client.start();
        chunkNanos = (long) (SECOND / rate * 100);
    }

    private static KubernetesObject read(String json) {
        try {
            KubernetesObject read = ManifestReader.read(Field.root(new ObjectMapper().readTree(json), new Findings()));
            if (read == null) {
                throw new IllegalStateException("the manifest cannot be read");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets so many requests be sent. */
    void run(long requests) {
        long enough = client.traffic().sent() + requests;
        while (client.traffic().sent() < enough) {
            cluster.runFor(chunkNanos);
        }
    }

    Client client() {
        return client;
    }
}
