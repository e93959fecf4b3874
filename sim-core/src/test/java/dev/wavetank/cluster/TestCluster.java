package dev.wavetank.cluster;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** A cluster for tests, told what to run in loose JSON. */
final class TestCluster {

    private static final JsonMapper LOOSE = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final Cluster cluster;

    TestCluster(ClusterSpec spec, long seed) {
        cluster = new Cluster(spec, seed);
    }

    static TestCluster ofOneNode(long seed) {
        return new TestCluster(ClusterSpec.dockerDesktop(), seed);
    }

    static TestCluster ofNodes(int count, long cpuMillis, long seed) {
        ImmutableList.Builder<NodeSpec> nodes = ImmutableList.builder();
        for (int i = 1; i <= count; i++) {
            nodes.add(NodeSpec.of("node-" + i, cpuMillis, 8L << 30));
        }
        return new TestCluster(ClusterSpec.dockerDesktop().withNodes(nodes.build()), seed);
    }

    /** An app that goes on for a while after SIGTERM. */
    static AppBehavior draining(String drain) {
        AppBehavior standard = AppBehavior.STANDARD;
        return new AppBehavior(
                standard.startup(),
                standard.warmUp(),
                standard.request(),
                standard.memory(),
                standard.calls(),
                Distribution.parse(drain),
                true,
                true,
                standard.limits(),
                standard.life());
    }

    Cluster cluster() {
        return cluster;
    }

    static KubernetesObject object(String looseJson) {
        Findings findings = new Findings();
        try {
            KubernetesObject read = ManifestReader.read(Field.root(LOOSE.readTree(looseJson), findings));
            if (!findings.problems().isEmpty()) {
                throw new IllegalArgumentException(findings.problems().toString());
            }
            return Objects.requireNonNull(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestCluster apply(String looseJson) {
        cluster.apply(object(looseJson));
        return this;
    }

    /** Creates a bare pod; {@code spec} is what stands in its spec. */
    TestCluster pod(String name, String spec) {
        return apply("{apiVersion: 'v1', kind: 'Pod', metadata: {name: '" + name + "', labels: {app: '" + name
                + "'}}, spec: {" + spec + "}}");
    }

    /** Creates a Deployment of pods labelled {@code app: name}, and a Service before it. */
    TestCluster deployment(String name, int replicas, String podSpec) {
        apply("{apiVersion: 'v1', kind: 'Service', metadata: {name: '" + name + "'}, spec: {selector: {app: '" + name
                + "'}, ports: [{port: 80, targetPort: 8000}]}}");
        return apply("{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: '" + name + "'}, spec: {replicas: "
                + replicas + ", selector: {matchLabels: {app: '" + name + "'}}, template: {metadata: {labels: {app: '"
                + name + "'}}, spec: {" + podSpec + "}}}}");
    }

    TestCluster behaving(String name, AppBehavior behavior) {
        cluster.setBehavior(name, behavior);
        return this;
    }

    TestCluster runFor(double seconds) {
        cluster.runFor((long) (seconds * Times.SECOND));
        return this;
    }

    boolean runUntil(BooleanSupplier condition, double seconds) {
        return cluster.runUntil(condition, cluster.now() + (long) (seconds * Times.SECOND));
    }

    /** Virtual time in seconds. */
    double now() {
        return (double) cluster.now() / Times.SECOND;
    }

    Pod pod(String name) {
        return Objects.requireNonNull(
                (Pod) cluster.store().get(new ObjectKey(ResourceKind.POD, "default", name)), name);
    }

    boolean exists(String name) {
        return cluster.store().get(new ObjectKey(ResourceKind.POD, "default", name)) != null;
    }

    boolean hasPhase(String pod, PodPhase phase) {
        return exists(pod) && pod(pod).status().phase() == phase;
    }

    List<Pod> pods() {
        List<Pod> pods = new ArrayList<>();
        cluster.store().list(ResourceKind.POD).forEach(pod -> pods.add((Pod) pod));
        return pods;
    }

    ContainerStatus container(String pod) {
        return pod(pod).status().containerStatuses().get(0);
    }

    /** What a container waits for or ended of; empty while it runs. */
    static String reason(ContainerStatus status) {
        if (status.state() instanceof ContainerState.Waiting waiting) {
            return waiting.reason();
        }
        return status.state() instanceof ContainerState.Terminated ended ? ended.reason() : "";
    }

    /** Messages of the events with this reason, as often as they were counted. */
    List<String> events(String reason) {
        List<String> messages = new ArrayList<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.EVENT)) {
            EventObject event = (EventObject) object;
            for (int i = 0; i < event.count() && event.reason().equals(reason); i++) {
                messages.add(event.message());
            }
        }
        return messages;
    }
}
