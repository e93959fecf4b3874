package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Client;
import dev.wavetank.network.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Laws that hold in every cluster, whatever is done to it. */
class ClusterPropertiesTest {

    /** What may happen to a cluster, by number. */
    private static void happen(TestCluster cluster, int what, String deployment) {
        Cluster target = cluster.cluster();
        Pod pod = cluster.pods().isEmpty()
                ? null
                : cluster.pods().get(what % cluster.pods().size());
        AppServer process = pod == null ? null : target.processOf(pod);
        switch (what % 7) {
            case 0 -> target.scale(deployment, 1 + what / 7 % 6);
            case 1 -> {
                if (process != null) {
                    process.crash(1);
                }
            }
            case 2 -> {
                if (process != null) {
                    process.setReady(!process.isReady());
                }
            }
            case 3 -> {
                if (pod != null) {
                    target.runOutOfMemory(pod);
                }
            }
            case 4 -> target.drain("node-" + (1 + what / 7 % 3));
            case 5 -> Objects.requireNonNull(target.kubelet("node-2")).powerOff();
            default -> {
                target.cordon("node-" + (1 + what / 7 % 3), false);
                Objects.requireNonNull(target.kubelet("node-2")).recover();
            }
        }
    }

    private static TestCluster busyCluster(long seed, String podSpec) {
        return TestCluster.ofNodes(3, 1300, seed).deployment("web", 4, podSpec).runFor(20);
    }

    private static final String SPEC = "terminationGracePeriodSeconds: 3, containers: [{name: 'c', image: 'c:1',"
            + " resources: {requests: {cpu: '400m'}},"
            + " readinessProbe: {httpGet: {path: '/ready', port: 8000}, periodSeconds: 1, successThreshold: 3}}]";

    @Property(tries = 25, seed = "1136", shrinking = ShrinkingMode.OFF)
    void a_restart_count_never_falls_and_requests_never_exceed_what_a_node_has(
            @ForAll @LongRange(min = 0, max = 1_000) long seed,
            @ForAll @Size(min = 3, max = 10) List<@IntRange(min = 0, max = 1_000) Integer> happenings) {
        // given
        TestCluster cluster = busyCluster(seed, SPEC);
        Map<String, Integer> restarts = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        cluster.cluster().store().observe(event -> {
            if (event.object() instanceof Pod pod && event.type() != WatchEvent.Type.DELETED) {
                int count = pod.status().containerStatuses().stream()
                        .mapToInt(ContainerStatus::restartCount)
                        .sum();
                Integer before = restarts.put(pod.metadata().uid(), count);
                if (before != null && before > count) {
                    broken.add(pod.name() + " fell from " + before + " to " + count);
                }
                checkRequests(cluster, broken);
            }
        });
        // when
        for (int what : happenings) {
            happen(cluster, what, "web");
            cluster.runFor(7);
        }
        // then
        assertThat(broken).isEmpty();
    }

    private static void checkRequests(TestCluster cluster, List<String> broken) {
        for (KubernetesObject object : cluster.cluster().store().list(ResourceKind.NODE)) {
            Node node = (Node) object;
            Resources requested = Resources.NONE;
            for (Pod pod : cluster.pods()) {
                if (pod.nodeName().equals(node.name()) && !pod.status().phase().isFinal()) {
                    requested = requested.plus(pod.spec().requests());
                }
            }
            if (requested.cpuMillis() > node.allocatable().cpuMillis()) {
                broken.add(node.name() + " has " + requested.cpuMillis() + "m requested");
            }
        }
    }

    @Property(tries = 25, seed = "1136", shrinking = ShrinkingMode.OFF)
    void no_pod_is_ready_before_its_probe_succeeded_as_often_as_asked(
            @ForAll @LongRange(min = 0, max = 1_000) long seed,
            @ForAll @IntRange(min = 1, max = 4) int successThreshold,
            @ForAll @IntRange(min = 1, max = 3) int periodSeconds) {
        // given an app that is up after two seconds
        AppBehavior slow = AppBehavior.STANDARD.withStartup(Distribution.parse("2s"));
        TestCluster cluster = TestCluster.ofOneNode(seed).behaving("web", slow);
        cluster.deployment(
                "web",
                2,
                "containers: [{name: 'c', image: 'c:1', readinessProbe: {httpGet: {path: '/ready', port: 8000},"
                        + " periodSeconds: " + periodSeconds + ", successThreshold: " + successThreshold + "}}]");
        Map<String, Long> listening = new LinkedHashMap<>();
        boolean sawReady = cluster.runUntil(
                () -> {
                    for (Pod pod : cluster.pods()) {
                        AppServer process = cluster.cluster().processOf(pod);
                        if (process != null && process.isListening()) {
                            listening.putIfAbsent(pod.name(), cluster.cluster().now());
                        }
                        if (pod.isReady()) {
                            return true;
                        }
                    }
                    return false;
                },
                60);
        // then all but one of the successes lie between, a period apart; two may come at once when a sync triggers one
        assertThat(sawReady).isTrue();
        Pod ready = cluster.pods().stream().filter(Pod::isReady).findFirst().orElseThrow();
        long since = cluster.cluster().now()
                - listening.getOrDefault(ready.name(), cluster.cluster().now());
        long atLeast = Math.max(0, successThreshold - 2) * (long) periodSeconds * Times.SECOND;
        assertThat(listening).containsKey(ready.name());
        assertThat(since).isGreaterThanOrEqualTo(atLeast);
    }

    @Property(tries = 25, seed = "1136", shrinking = ShrinkingMode.OFF)
    void nobody_is_killed_before_its_grace_is_over(
            @ForAll @LongRange(min = 0, max = 1_000) long seed, @ForAll @IntRange(min = 1, max = 9) int grace) {
        // given a process that does not listen
        AppBehavior deaf = AppBehavior.STANDARD.withLife(new ProcessLife(null, 0, true, 0, null, false, null, false));
        TestCluster cluster = TestCluster.ofOneNode(seed).behaving("web", deaf);
        cluster.deployment(
                "web", 1, "terminationGracePeriodSeconds: " + grace + ", containers: [{name: 'c', image: 'c:1'}]");
        cluster.runFor(5);
        AppServer process = Objects.requireNonNull(
                cluster.cluster().processOf(cluster.pods().get(0)));
        // when
        double before = cluster.now();
        cluster.cluster().scale("web", 0);
        cluster.runUntil(() -> !process.isAlive(), 30);
        // then
        assertThat(cluster.now() - before).isBetween((double) grace, Math.max(grace, 2) + 1.2);
    }

    @Property(tries = 20, seed = "1136", shrinking = ShrinkingMode.OFF)
    void no_request_goes_to_a_pod_that_kube_proxy_was_told_to_drop(
            @ForAll @LongRange(min = 0, max = 1_000) long seed, @ForAll @IntRange(min = 2, max = 6) int left) {
        // given
        TestCluster cluster = busyCluster(
                seed,
                "containers: [{name: 'c', image: 'c:1', resources: {requests: {cpu: '100m'}},"
                        + " lifecycle: {preStop: {sleep: {seconds: 9}}}}]");
        cluster.cluster().scale("web", 8);
        cluster.runFor(20);
        List<Long> answeredAt = new ArrayList<>();
        List<String> answeredBy = new ArrayList<>();
        List<Load> load = ImmutableList.of(new Load.Constant(200, Long.MAX_VALUE, Long.MAX_VALUE));
        Client client = cluster.cluster().addClient("c", "web", load, (sentAt, endedAt, pod, failure) -> {
            answeredAt.add(sentAt);
            answeredBy.add(failure == null ? String.valueOf(pod) : failure.text());
        });
        client.start();
        // when
        double before = cluster.now();
        cluster.cluster().scale("web", left);
        // two seconds and a half: slices are written, and a proxy that has just synced has waited its second twice
        cluster.runFor(2.5);
        List<String> leaving = cluster.pods().stream()
                .filter(pod -> pod.metadata().isBeingDeleted())
                .map(Pod::name)
                .toList();
        long dropped = cluster.cluster().now();
        cluster.runFor(4);
        // then
        assertThat(leaving).hasSize(8 - left);
        for (int i = 0; i < answeredAt.size(); i++) {
            if (answeredAt.get(i) > dropped) {
                assertThat(leaving).as("after " + before).doesNotContain(answeredBy.get(i));
            }
        }
        Deployment web = Objects.requireNonNull(cluster.cluster().deployment("web"));
        assertThat(web.spec().replicas()).isEqualTo(left);
    }
}
