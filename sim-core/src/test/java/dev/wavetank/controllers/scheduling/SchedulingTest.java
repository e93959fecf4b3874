package dev.wavetank.controllers.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.scheduling.Placement.Assignment;
import dev.wavetank.controllers.scheduling.Placement.Unschedulable;
import dev.wavetank.model.Container;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Times;
import org.junit.jupiter.api.Test;

class SchedulingTest {

    private static final ImmutableMap<String, String> WEB = ImmutableMap.of("app", "web");

    static Node node(String name, String zone, long cpuMillis) {
        return new Node(
                ObjectMeta.named("", name)
                        .withLabels(ImmutableMap.of(Node.HOSTNAME_LABEL, name, Node.ZONE_LABEL, zone)),
                false,
                ImmutableList.of(),
                new Resources(cpuMillis, 8L << 30),
                110,
                PodCondition.Status.TRUE,
                ImmutableMap.of());
    }

    static PodInfo pod(String name, long cpuMillis, int priority, String spec) {
        Container container = new Container(
                "app",
                "app:1",
                Container.ImagePullPolicy.IF_NOT_PRESENT,
                ImmutableList.of(),
                new Resources(cpuMillis, 64L << 20),
                Resources.NONE,
                null,
                null,
                null,
                Lifecycle.NONE,
                false);
        try {
            PodSpec podSpec = new PodSpec(
                    ImmutableList.of(),
                    ImmutableList.of(container),
                    PodSpec.RestartPolicy.ALWAYS,
                    30,
                    ImmutableMap.of(),
                    ImmutableList.of(),
                    priority,
                    0,
                    new ObjectMapper().readTree(spec));
            return new PodInfo(name, "default", WEB, PodNeeds.of(podSpec), false);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static IncomingPod incoming(long cpuMillis) {
        return new IncomingPod(pod("new", cpuMillis, 0, "{}"), null);
    }

    private static ClusterSnapshot cluster(Node... nodes) {
        ClusterSnapshot cluster = new ClusterSnapshot();
        for (Node node : nodes) {
            cluster.putNode(node);
        }
        return cluster;
    }

    private static Assignment assignment(IncomingPod pod, ClusterSnapshot cluster) {
        return (Assignment) Scheduling.decide(pod, cluster, 0);
    }

    @Test
    void the_emptier_of_two_equal_nodes_is_chosen() {
        // given
        ClusterSnapshot cluster = cluster(node("a", "z", 4000), node("b", "z", 4000));
        cluster.putPod(pod("old", 2000, 0, "{}"), "a");
        // then
        assertThat(assignment(incoming(100), cluster).bestNodes()).containsExactly("b");
    }

    @Test
    void equal_nodes_are_all_named_for_the_draw() {
        ClusterSnapshot cluster = cluster(node("a", "z", 4000), node("b", "z", 4000));
        assertThat(assignment(incoming(100), cluster).bestNodes()).containsExactly("a", "b");
    }

    @Test
    void what_is_taken_off_a_node_can_be_used_again() {
        // given
        ClusterSnapshot cluster = cluster(node("a", "z", 1000));
        cluster.putPod(pod("old", 1000, 0, "{}"), "a");
        assertThat(Scheduling.decide(incoming(100), cluster, 0)).isInstanceOf(Unschedulable.class);
        // when
        cluster.removePod("old");
        // then
        assertThat(assignment(incoming(100), cluster).bestNodes()).containsExactly("a");
    }

    @Test
    void a_failure_counts_the_reasons_and_says_why_preemption_does_not_help() {
        // given
        Node cordoned = node("b", "z", 4000).withUnschedulable(true);
        Node tainted = node("c", "z", 4000).withTaints(ImmutableList.of(new Taint("gpu", "", "NoSchedule")));
        ClusterSnapshot cluster = cluster(node("a", "z", 1000), cordoned, tainted);
        cluster.putPod(pod("old", 900, 0, "{}"), "a");
        // when
        Unschedulable failure = (Unschedulable) Scheduling.decide(incoming(500), cluster, 0);
        // then
        assertThat(failure.message())
                .isEqualTo(
                        "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), "
                                + "1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: "
                                + "1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.");
    }

    @Test
    void a_more_important_pod_finds_the_node_it_could_clear_and_leaves_it_as_it_was() {
        // given
        ClusterSnapshot cluster = cluster(node("a", "z", 1000));
        cluster.putPod(pod("old", 900, 0, "{}"), "a");
        // when
        Unschedulable failure =
                (Unschedulable) Scheduling.decide(new IncomingPod(pod("new", 500, 10, "{}"), null), cluster, 0);
        // then
        assertThat(failure.preemptionCandidates()).containsExactly("a");
        assertThat(Scheduling.decide(incoming(500), cluster, 0)).isInstanceOf(Unschedulable.class);
    }

    @Test
    void pods_of_a_service_are_spread_over_zones_and_pods_on_their_way_out_do_not_count() {
        // given
        ClusterSnapshot cluster = cluster(node("a", "east", 4000), node("b", "west", 4000));
        PodInfo old = pod("old", 0, 0, "{}");
        IncomingPod pod = new IncomingPod(
                pod("new", 0, 0, "{}"), IncomingPod.spreadSelector(ImmutableList.of(WEB), LabelSelector.matching(WEB)));
        cluster.putPod(old, "a");
        assertThat(assignment(pod, cluster).bestNodes()).containsExactly("b");
        // when
        cluster.putPod(new PodInfo(old.key(), old.namespace(), old.labels(), old.needs(), true), "a");
        cluster.putPod(pod("other", 0, 0, "{}"), "b");
        // then
        assertThat(assignment(pod, cluster).bestNodes()).containsExactly("a");
    }

    @Test
    void anti_affinity_keeps_the_second_pod_off_the_first_ones_node() {
        // given
        String apart = """
                {"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
                  {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "web"}}}]}}}
                """;
        ClusterSnapshot cluster = cluster(node("a", "z", 4000));
        IncomingPod first = new IncomingPod(pod("first", 0, 0, apart), null);
        assertThat(assignment(first, cluster).bestNodes()).containsExactly("a");
        // when
        cluster.putPod(first.pod(), "a");
        // then
        Unschedulable second =
                (Unschedulable) Scheduling.decide(new IncomingPod(pod("second", 0, 0, apart), null), cluster, 0);
        assertThat(second.message())
                .startsWith("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.");
        assertThat(Scheduling.decide(incoming(0), cluster, 0)).isInstanceOf(Unschedulable.class);
    }

    @Test
    void a_large_cluster_is_searched_in_turn_until_enough_nodes_are_found() {
        // given
        ClusterSnapshot cluster = new ClusterSnapshot();
        for (int i = 0; i < 1000; i++) {
            cluster.putNode(node("n" + i, "z", 4000));
        }
        // when
        Assignment assignment = assignment(incoming(100), cluster);
        // then
        assertThat(assignment.bestNodes()).hasSize(420);
        assertThat(assignment.nextStart()).isEqualTo(420);
    }

    @Test
    void an_empty_cluster_says_so() {
        Unschedulable failure = (Unschedulable) Scheduling.decide(incoming(0), new ClusterSnapshot(), 0);
        assertThat(failure.message()).isEqualTo("no nodes available to schedule pods");
    }

    @Test
    void retries_back_off_to_ten_seconds_and_end_on_whole_seconds() {
        assertThat(SchedulingBackOff.endsAt(1_700 * Times.MILLISECOND, 1)).isEqualTo(2 * Times.SECOND);
        assertThat(SchedulingBackOff.endsAt(1_700 * Times.MILLISECOND, 4)).isEqualTo(9 * Times.SECOND);
        assertThat(SchedulingBackOff.endsAt(1_700 * Times.MILLISECOND, 40)).isEqualTo(11 * Times.SECOND);
    }
}
