package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.engine.Distribution;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In-place resize of running pods. */
class ResizeTest {

    private static final long MIB = 1L << 20;

    @Test
    void a_running_pod_gets_more_without_a_restart() {
        TestCluster cluster = withPod("{cpu: '100m', memory: '64Mi'}", "", 4000);
        resize(cluster, 500, 128 * MIB);
        cluster.runFor(2);
        Pod pod = cluster.pod("web");
        ContainerStatus status = cluster.container("web");
        assertThat(pod.spec().requests()).isEqualTo(new Resources(500, 128 * MIB));
        assertThat(status.resources()).isNotNull();
        assertThat(status.resources().requests()).isEqualTo(new Resources(500, 128 * MIB));
        assertThat(status.restartCount()).isZero();
        assertThat(pod.status().condition(PodCondition.Type.POD_RESIZE_IN_PROGRESS))
                .isNull();
        assertThat(cluster.events("ResizeCompleted")).hasSize(1);
    }

    @Test
    void a_container_whose_policy_asks_for_it_is_restarted() {
        TestCluster cluster = withPod(
                "{cpu: '100m', memory: '64Mi'}",
                ", resizePolicy: [{resourceName: 'memory', restartPolicy: 'RestartContainer'}]",
                4000);
        resize(cluster, 100, 128 * MIB);
        cluster.runFor(40);
        assertThat(cluster.container("web").restartCount()).isEqualTo(1);
        assertThat(cluster.pod("web").isReady()).isTrue();
    }

    @Test
    void what_no_node_could_give_is_infeasible_and_the_pod_stays_as_it_is() {
        TestCluster cluster = withPod("{cpu: '100m'}", "", 1000);
        resize(cluster, 2000, 0);
        cluster.runFor(2);
        PodCondition pending = cluster.pod("web").status().condition(PodCondition.Type.POD_RESIZE_PENDING);
        assertThat(pending).isNotNull();
        assertThat(pending.reason()).isEqualTo("Infeasible");
        assertThat(pending.message()).contains("requested: 2000, capacity: 1000");
    }

    @Test
    void what_the_others_leave_no_room_for_waits_until_they_go() {
        TestCluster cluster = withPod("{cpu: '100m'}", "", 1000);
        cluster.pod("other", "containers: [{name: 'app', image: 'x:1', resources: {requests: {cpu: '600m'}}}]");
        cluster.runFor(5);
        resize(cluster, 500, 0);
        cluster.runFor(2);
        PodCondition pending = cluster.pod("web").status().condition(PodCondition.Type.POD_RESIZE_PENDING);
        assertThat(pending).isNotNull();
        assertThat(pending.reason()).isEqualTo("Deferred");
        cluster.cluster().delete(cluster.pod("other").key(), dev.wavetank.model.DeleteOptions.DEFAULT);
        cluster.runFor(40);
        assertThat(cluster.pod("web").status().condition(PodCondition.Type.POD_RESIZE_PENDING))
                .isNull();
        assertThat(cluster.container("web").resources()).isNotNull();
    }

    @Test
    void the_quality_of_service_must_stay() {
        TestCluster cluster = withPod("{cpu: '100m', memory: '64Mi'}", "", 4000);
        QosClass.Claim guaranteed = new QosClass.Claim(new Resources(100, 64 * MIB), new Resources(100, 64 * MIB));
        assertThatThrownBy(() -> cluster.cluster().resize(cluster.pod("web").key(), Map.of("app", guaranteed)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("would from Burstable to Guaranteed");
    }

    @Test
    void a_limit_below_what_is_in_use_is_refused_by_the_kubelet() {
        TestCluster cluster = TestCluster.ofNodes(1, 4000, 1);
        cluster.behaving("web", AppBehavior.STANDARD.withMemory(new AppBehavior.Memory(100 * MIB, 0)));
        cluster.pod(
                "web",
                "containers: [{name: 'app', image: 'web:1', resources: {requests: {memory: '64Mi'}, limits: {memory:"
                        + " '200Mi'}}}]");
        cluster.runFor(10);
        QosClass.Claim smaller = new QosClass.Claim(new Resources(0, 64 * MIB), new Resources(0, 80 * MIB));
        cluster.cluster().resize(cluster.pod("web").key(), Map.of("app", smaller));
        cluster.runFor(2);
        PodCondition underWay = cluster.pod("web").status().condition(PodCondition.Type.POD_RESIZE_IN_PROGRESS);
        assertThat(underWay).isNotNull();
        assertThat(underWay.reason()).isEqualTo("Error");
        assertThat(cluster.container("web").restartCount()).isZero();
    }

    @Test
    void memory_that_grows_meets_its_limit_without_a_request() {
        TestCluster cluster = TestCluster.ofNodes(1, 4000, 1);
        // 60 MiB an hour are one a minute: 20 are left
        cluster.behaving(
                "web",
                AppBehavior.STANDARD
                        .withStartup(Distribution.parse("0s"))
                        .withMemory(new AppBehavior.Memory(80 * MIB, 0, 0, 60 * MIB, 0)));
        cluster.pod("web", "containers: [{name: 'app', image: 'web:1', resources: {limits: {memory: '100Mi'}}}]");
        cluster.runFor(19 * 60);
        assertThat(cluster.container("web").restartCount()).isZero();
        cluster.runFor(2 * 60);
        assertThat(cluster.container("web").restartCount()).isEqualTo(1);
    }

    private static TestCluster withPod(String requests, String more, long nodeCpuMillis) {
        TestCluster cluster = TestCluster.ofNodes(1, nodeCpuMillis, 1);
        cluster.pod(
                "web",
                "containers: [{name: 'app', image: 'web:1', resources: {requests: " + requests + "}" + more + "}]");
        cluster.runFor(10);
        return cluster;
    }

    private static void resize(TestCluster cluster, long cpuMillis, long memoryBytes) {
        QosClass.Claim wanted = new QosClass.Claim(new Resources(cpuMillis, memoryBytes), Resources.NONE);
        cluster.cluster().resize(cluster.pod("web").key(), Map.of("app", wanted));
    }
}
