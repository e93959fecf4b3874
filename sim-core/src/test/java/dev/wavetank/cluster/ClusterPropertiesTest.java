package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Client;
import dev.wavetank.network.Load;
import dev.wavetank.network.ProxyEndpoint;
import dev.wavetank.node.ProbeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
    void no_pod_becomes_ready_before_its_probe_succeeded_as_often_in_a_row_as_asked(
            @ForAll @LongRange(min = 0, max = 1_000) long seed,
            @ForAll @IntRange(min = 1, max = 4) int successThreshold,
            @ForAll @IntRange(min = 1, max = 3) int periodSeconds,
            @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 0, max = 1_000) Integer> happenings) {
        // given a count, kept beside the kubelet's own, of successes in a row
        TestCluster cluster = TestCluster.ofNodes(3, 1300, seed)
                .behaving("web", AppBehavior.STANDARD.withStartup(Distribution.parse("2s")));
        Map<String, Integer> inARow = new LinkedHashMap<>();
        for (String node : List.of("node-1", "node-2", "node-3")) {
            Objects.requireNonNull(cluster.cluster().kubelet(node)).observeProbes((pod, container, type, succeeded) -> {
                assertThat(type).isEqualTo(ProbeType.READINESS);
                inARow.merge(pod.metadata().uid(), 1, (before, one) -> succeeded ? before + one : 0);
            });
        }
        Map<String, Boolean> ready = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        List<String> becameReady = new ArrayList<>();
        cluster.cluster().store().observe(event -> {
            if (event.object() instanceof Pod pod) {
                String uid = pod.metadata().uid();
                boolean wasReady = Boolean.TRUE.equals(ready.put(uid, pod.isReady()));
                int successes = inARow.getOrDefault(uid, 0);
                if (pod.isReady() && !wasReady) {
                    becameReady.add(pod.name());
                    if (successes < successThreshold) {
                        broken.add(pod.name() + " is ready after " + successes + " successes in a row");
                    }
                }
            }
        });
        // when
        cluster.deployment(
                "web",
                4,
                "containers: [{name: 'c', image: 'c:1', readinessProbe: {httpGet: {path: '/ready', port: 8000},"
                        + " periodSeconds: " + periodSeconds + ", successThreshold: " + successThreshold + "}}]");
        cluster.runFor(30);
        for (int what : happenings) {
            happen(cluster, what, "web");
            cluster.runFor(15);
        }
        // then
        assertThat(becameReady).hasSizeGreaterThanOrEqualTo(4);
        assertThat(broken).isEmpty();
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
    void no_request_goes_to_a_pod_that_is_not_in_the_rules_of_its_nodes_kube_proxy(
            @ForAll @LongRange(min = 0, max = 1_000) long seed,
            @ForAll @Size(min = 3, max = 8) List<@IntRange(min = 0, max = 1_000) Integer> happenings) {
        // given a request every five milliseconds, each over a connection of its own
        TestCluster cluster =
                busyCluster(seed, SPEC.replace("periodSeconds: 1", "periodSeconds: 1, failureThreshold: 1"));
        List<Load> load = ImmutableList.of(new Load.Constant(200, Long.MAX_VALUE, Long.MAX_VALUE));
        List<Rules> written = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Set<String> asked = new TreeSet<>();
        Client client = cluster.cluster().addClient("c", "web", load, (sentAt, endedAt, pod, failure) -> {
            if (pod != null) {
                asked.add(pod);
                // rules written in the very instant may or may not have been there first
                boolean listed = Rules.at(written, sentAt).pods().contains(pod)
                        || Rules.at(written, sentAt - 1).pods().contains(pod);
                if (!listed) {
                    broken.add(pod + " at " + sentAt);
                }
            }
        });
        Objects.requireNonNull(cluster.cluster().kubeProxy("node-1"))
                .observeRules((service, port, endpoints) -> written.add(new Rules(
                        cluster.cluster().now(),
                        endpoints.clusterEndpoints().stream()
                                .map(ProxyEndpoint::pod)
                                .toList())));
        cluster.cluster().scale("web", 5);
        cluster.runFor(20);
        assertThat(written).isNotEmpty();
        client.start();
        // when
        for (int what : happenings) {
            happen(cluster, what, "web");
            cluster.runFor(6);
        }
        cluster.cluster().scale("web", 1 + happenings.get(0) % 7);
        cluster.runFor(20);
        // then
        assertThat(asked).hasSizeGreaterThan(1);
        assertThat(broken).isEmpty();
    }

    /** What a kube-proxy wrote, and when. */
    private record Rules(long at, List<String> pods) {

        static Rules at(List<Rules> written, long time) {
            return written.stream()
                    .filter(rules -> rules.at() <= time)
                    .reduce((earlier, later) -> later)
                    .orElse(written.get(0));
        }
    }
}
