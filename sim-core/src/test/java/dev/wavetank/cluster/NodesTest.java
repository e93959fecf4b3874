package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Taint;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NodesTest {

    private static final String HALF_A_CORE =
            "containers: [{name: 'c', image: 'c:1', resources: {requests: {cpu: '500m'}}}]";

    private static Node node(TestCluster cluster, String name) {
        return (Node) Objects.requireNonNull(cluster.cluster().store().get(new ObjectKey(ResourceKind.NODE, "", name)));
    }

    private static void crash(TestCluster cluster, String node) {
        Objects.requireNonNull(cluster.cluster().kubelet(node)).powerOff();
    }

    @Test
    void a_silent_node_becomes_unknown_after_50_to_60_seconds_and_is_tainted() {
        // given
        TestCluster cluster = TestCluster.ofNodes(3, 4000, 1).runFor(100);
        // when
        crash(cluster, "node-2");
        // then the last renewal was up to 10 s before, and the look that finds it old comes up to 5 s late
        cluster.runFor(39);
        assertThat(node(cluster, "node-2").ready()).isEqualTo(Status.TRUE);
        cluster.runFor(17);
        assertThat(node(cluster, "node-2").ready()).isEqualTo(Status.UNKNOWN);
        assertThat(node(cluster, "node-2").taints())
                .extracting(Taint::key, Taint::effect)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("node.kubernetes.io/unreachable", "NoSchedule"),
                        org.assertj.core.groups.Tuple.tuple("node.kubernetes.io/unreachable", "NoExecute"));
        assertThat(node(cluster, "node-1").taints()).isEmpty();
    }

    @Test
    void a_node_that_comes_back_loses_its_taints_and_its_pods_are_ready_again() {
        // given
        TestCluster cluster = TestCluster.ofNodes(2, 4000, 1);
        cluster.deployment("web", 2, HALF_A_CORE).runFor(30);
        Objects.requireNonNull(cluster.cluster().kubelet("node-2")).disconnect();
        cluster.runFor(70);
        assertThat(cluster.pods()).filteredOn(Pod::isReady).hasSize(1);
        // when
        Objects.requireNonNull(cluster.cluster().kubelet("node-2")).recover();
        cluster.runFor(2);
        // then
        assertThat(node(cluster, "node-2").taints()).isEmpty();
        assertThat(cluster.pods()).filteredOn(Pod::isReady).hasSize(2);
        assertThat(cluster.pods())
                .allMatch(pod -> pod.status().containerStatuses().get(0).restartCount() == 0);
    }

    @Test
    void a_machine_that_restarts_runs_its_pods_again() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.pod("web", HALF_A_CORE).runFor(10);
        crash(cluster, "docker-desktop");
        cluster.runFor(30);
        // when
        Objects.requireNonNull(cluster.cluster().kubelet("docker-desktop")).recover();
        cluster.runFor(10);
        // then
        assertThat(cluster.pod("web").isReady()).isTrue();
        assertThat(cluster.container("web").restartCount()).isEqualTo(1);
        assertThat(cluster.events("SandboxChanged")).hasSize(1);
    }

    @Test
    void a_pod_without_tolerance_leaves_a_tainted_node_at_once() {
        // given
        TestCluster cluster = TestCluster.ofNodes(1, 4000, 1);
        cluster.pod("web", HALF_A_CORE).runFor(10);
        // when
        cluster.cluster()
                .store()
                .patch(
                        new ObjectKey(ResourceKind.NODE, "", "node-1"),
                        stored -> ((Node) stored)
                                .withTaints(com.google.common.collect.ImmutableList.of(
                                        new Taint("maintenance", "", "NoExecute"))));
        cluster.runFor(3);
        // then
        assertThat(cluster.exists("web")).isFalse();
        assertThat(cluster.events("TaintManagerEviction")).containsExactly("Marking for deletion Pod default/web");
    }

    @Test
    void a_pod_nobody_can_take_says_why_and_starts_when_there_is_room() {
        // given
        TestCluster cluster = TestCluster.ofNodes(2, 600, 1);
        cluster.pod("a", HALF_A_CORE).pod("b", HALF_A_CORE).runFor(5);
        // when
        cluster.pod("c", HALF_A_CORE).runFor(5);
        // then
        assertThat(cluster.pod("c").isScheduled()).isFalse();
        assertThat(cluster.events("FailedScheduling"))
                .containsOnly(
                        "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2"
                                + " nodes are available: 2 No preemption victims found for incoming pod.");
        PodCondition scheduled = cluster.pod("c").status().condition(PodCondition.Type.POD_SCHEDULED);
        assertThat(scheduled).isNotNull();
        assertThat(scheduled.reason()).isEqualTo("Unschedulable");
        // and
        cluster.cluster().delete(cluster.pod("a").key(), dev.wavetank.model.DeleteOptions.DEFAULT);
        assertThat(cluster.runUntil(() -> cluster.pod("c").isScheduled(), 3)).isTrue();
    }

    @Test
    void an_important_pod_makes_the_least_important_one_go() {
        // given
        TestCluster cluster = TestCluster.ofNodes(2, 600, 1);
        cluster.pod("low", HALF_A_CORE + ", priority: 1")
                .pod("middle", HALF_A_CORE + ", priority: 2")
                .runFor(5);
        // when
        cluster.pod("high", HALF_A_CORE + ", priority: 10").runFor(0.5);
        // then
        assertThat(cluster.pod("high").status().nominatedNodeName())
                .isEqualTo(
                        cluster.exists("low")
                                ? cluster.pod("low").nodeName()
                                : cluster.pod("high").nodeName());
        cluster.runFor(5);
        assertThat(cluster.exists("low")).isFalse();
        assertThat(cluster.exists("middle")).isTrue();
        assertThat(cluster.pod("high").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.events("Preempted"))
                .singleElement()
                .asString()
                .startsWith("Preempted by pod " + cluster.pod("high").metadata().uid());
    }

    @Test
    void a_budget_spares_the_pods_it_covers_if_others_can_go() {
        // given the least important pod must stay
        TestCluster cluster = TestCluster.ofNodes(2, 600, 1);
        cluster.apply("{apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'low'}, spec:"
                + " {minAvailable: 1, selector: {matchLabels: {app: 'low'}}}}");
        cluster.pod("low", HALF_A_CORE + ", priority: 1")
                .pod("middle", HALF_A_CORE + ", priority: 2")
                .runFor(10);
        // when
        cluster.pod("high", HALF_A_CORE + ", priority: 10").runFor(5);
        // then
        assertThat(cluster.exists("low")).isTrue();
        assertThat(cluster.exists("middle")).isFalse();
    }

    @Test
    void pods_go_where_their_large_image_is() {
        // given
        var image = new dev.wavetank.model.ImageCatalog.Image(
                900L << 20, false, com.google.common.collect.ImmutableSet.of("node-3"), "");
        ClusterSpec spec = ClusterSpec.dockerDesktop()
                .withNodes(com.google.common.collect.ImmutableList.of(
                        NodeSpec.of("node-1", 4000, 8L << 30),
                        NodeSpec.of("node-2", 4000, 8L << 30),
                        NodeSpec.of("node-3", 4000, 8L << 30)))
                .withImages(new dev.wavetank.model.ImageCatalog(
                        com.google.common.collect.ImmutableMap.of("c:1", image), 50L << 20));
        TestCluster cluster = new TestCluster(spec, 1);
        // when
        cluster.pod("web", HALF_A_CORE).runFor(1);
        // then
        assertThat(cluster.pod("web").nodeName()).isEqualTo("node-3");
    }

    @Test
    void every_pod_tolerates_a_failing_node_for_five_minutes() {
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.pod("web", HALF_A_CORE);
        assertThat(cluster.pod("web").spec().tolerations())
                .extracting(toleration -> toleration.key() + " " + toleration.tolerationSeconds())
                .containsExactly("node.kubernetes.io/not-ready 300", "node.kubernetes.io/unreachable 300");
    }
}
