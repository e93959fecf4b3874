package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.ImageCatalog;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.ProcessLife;
import org.junit.jupiter.api.Test;

class PodLifeTest {

    private static final String READY_AT_ONCE =
            "readinessProbe: {httpGet: {path: '/ready', port: 8000}, periodSeconds: 1}";

    private static ClusterSpec withImage(String name, ImageCatalog.Image image) {
        return ClusterSpec.dockerDesktop().withImages(new ImageCatalog(ImmutableMap.of(name, image), 50L << 20));
    }

    private static ProcessLife ends(String after, int exitCode) {
        return new ProcessLife(Distribution.parse(after), exitCode, false, 0, null, false, null, false);
    }

    @Test
    void an_image_that_is_not_there_is_pulled_by_its_size_and_the_bandwidth() {
        // given 250 MiB at 50 MiB/s
        TestCluster cluster = new TestCluster(
                withImage("web:1", new ImageCatalog.Image(250L << 20, false, ImmutableSet.of(), "")), 1);
        // when
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1'}]").runFor(5);
        // then
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(cluster.events("Pulling")).containsExactly("Pulling image \"web:1\"");
        cluster.runFor(3);
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.events("Pulled"))
                .singleElement()
                .asString()
                .startsWith("Successfully pulled image \"web:1\" in 5.")
                .endsWith("including waiting). Image size: 262144000 bytes.");
    }

    @Test
    void pulls_of_a_node_wait_for_one_another() {
        // given
        TestCluster cluster = new TestCluster(
                withImage("web:1", new ImageCatalog.Image(250L << 20, false, ImmutableSet.of(), "")), 1);
        // when
        cluster.pod("a", "containers: [{name: 'c', image: 'web:1'}]").runFor(0.1);
        cluster.pod("b", "containers: [{name: 'c', image: 'other:1', imagePullPolicy: 'Always'}]")
                .runFor(5);
        // then the pull that would be over in a moment is not, either
        assertThat(cluster.pod("b").status().phase()).isEqualTo(PodPhase.PENDING);
        cluster.runFor(4);
        assertThat(cluster.pod("b").status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void an_image_that_may_not_be_pulled_is_asked_for_again_and_again() {
        // given
        TestCluster cluster =
                new TestCluster(withImage("web:1", new ImageCatalog.Image(0, false, ImmutableSet.of(), "")), 1);
        // when
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1', imagePullPolicy: 'Never'}]")
                .runFor(40);
        // then
        assertThat(TestCluster.reason(cluster.container("web"))).isEqualTo("ErrImageNeverPull");
        assertThat(cluster.events("ErrImageNeverPull")).hasSizeBetween(4, 6);
        assertThat(cluster.events("Failed")).contains("Error: ErrImageNeverPull");
    }

    @Test
    void a_pull_that_fails_is_tried_less_and_less_often() {
        // given
        TestCluster cluster = new TestCluster(
                withImage("web:1", new ImageCatalog.Image(0, false, ImmutableSet.of(), "manifest unknown")), 1);
        // when
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1'}]").runFor(120);
        // then
        assertThat(cluster.events("Failed")).contains("Error: ErrImagePull", "Error: ImagePullBackOff");
        assertThat(cluster.events("Pulling")).hasSizeBetween(3, 5);
        assertThat(cluster.events("BackOff")).contains("Back-off pulling image \"web:1\"");
    }

    @Test
    void init_containers_run_one_after_the_other_before_the_others_start() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving("web/first", AppBehavior.STANDARD.withLife(ends("3s", 0)));
        // when
        cluster.pod(
                        "web",
                        "initContainers: [{name: 'first', image: 'a:1'}, {name: 'second', image: 'b:1'}],"
                                + " containers: [{name: 'web', image: 'web:1'}]")
                .runFor(2.5);
        // then
        assertThat(cluster.pod("web").status().initContainerStatuses().get(0).state())
                .isInstanceOf(ContainerState.Running.class);
        assertThat(TestCluster.reason(cluster.container("web"))).isEqualTo("PodInitializing");
        PodCondition initialized = cluster.pod("web").status().condition(PodCondition.Type.INITIALIZED);
        assertThat(initialized).isNotNull();
        assertThat(initialized.message()).isEqualTo("containers with incomplete status: [first second]");
        cluster.runFor(6);
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.pod("web").isReady()).isTrue();
    }

    @Test
    void an_init_container_that_fails_is_restarted_with_a_back_off_and_nothing_else_starts() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving("web/migrate", AppBehavior.STANDARD.withLife(ends("1s", 1)));
        // when
        cluster.pod(
                        "web",
                        "initContainers: [{name: 'migrate', image: 'a:1'}], containers: [{name: 'web', image: 'web:1'}]")
                .runFor(60);
        // then
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(cluster.pod("web").status().initContainerStatuses().get(0).restartCount())
                .isBetween(2, 4);
        assertThat(cluster.events("Started")).hasSizeBetween(3, 5);
    }

    @Test
    void a_sidecar_starts_first_and_is_signalled_last() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        AppBehavior draining = TestCluster.draining("4s");
        cluster.behaving("web/web", draining);
        cluster.pod(
                        "web",
                        "initContainers: [{name: 'proxy', image: 'p:1', restartPolicy: 'Always'}],"
                                + " containers: [{name: 'web', image: 'web:1'}]")
                .runFor(5);
        assertThat(cluster.pod("web").isReady()).isTrue();
        // when
        cluster.cluster().delete(cluster.pod("web").key(), DeleteOptions.DEFAULT);
        cluster.runFor(3);
        // then both still run: the proxy waits for the app, which drains
        assertThat(cluster.exists("web")).isTrue();
        assertThat(cluster.runUntil(() -> !cluster.exists("web"), 4)).isTrue();
        assertThat(cluster.events("Killing"))
                .containsExactlyInAnyOrder("Stopping container proxy", "Stopping container web");
    }

    @Test
    void a_job_like_pod_succeeds_and_stays() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving("job", AppBehavior.STANDARD.withLife(ends("2s", 0)));
        // when
        cluster.pod("job", "restartPolicy: 'Never', containers: [{name: 'c', image: 'c:1'}]")
                .runFor(6);
        // then
        assertThat(cluster.pod("job").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(cluster.container("job").restartCount()).isZero();
    }

    @Test
    void a_task_beside_a_sidecar_takes_the_sidecar_with_it() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving("job/c", AppBehavior.STANDARD.withLife(ends("2s", 0)));
        // when
        cluster.pod(
                        "job",
                        "restartPolicy: 'Never', initContainers: [{name: 'proxy', image: 'p:1', restartPolicy: 'Always'}],"
                                + " containers: [{name: 'c', image: 'c:1'}]")
                .runFor(12);
        // then
        assertThat(cluster.pod("job").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    @Test
    void a_container_that_keeps_ending_waits_longer_each_time() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving("web", AppBehavior.STANDARD.withLife(ends("4s", 3)));
        // when
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1', " + READY_AT_ONCE + "}]")
                .runFor(38);
        // then restarts at about 0, 10 and 20 seconds after an exit
        assertThat(cluster.container("web").restartCount()).isEqualTo(2);
        assertThat(TestCluster.reason(cluster.container("web"))).isEqualTo("CrashLoopBackOff");
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.events("BackOff").get(0))
                .startsWith("Back-off restarting failed container web in pod web_default(");
    }

    @Test
    void running_out_of_memory_ends_a_container_with_137_and_its_reason() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.pod("web", "restartPolicy: 'Never', containers: [{name: 'web', image: 'web:1'}]")
                .runFor(5);
        // when
        cluster.cluster().runOutOfMemory(cluster.pod("web"));
        cluster.runFor(3);
        // then
        assertThat(cluster.container("web").state()).isInstanceOfSatisfying(ContainerState.Terminated.class, end -> {
            assertThat(end.exitCode()).isEqualTo(137);
            assertThat(end.reason()).isEqualTo("OOMKilled");
        });
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.FAILED);
    }

    @Test
    void a_hanging_app_is_killed_by_its_liveness_probe_and_started_again() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.pod(
                        "web",
                        "containers: [{name: 'web', image: 'web:1', livenessProbe: {httpGet: {path: '/', port: 8000},"
                                + " periodSeconds: 2, failureThreshold: 2, terminationGracePeriodSeconds: 3}}]")
                .runFor(5);
        // when
        var server = cluster.cluster().processOf(cluster.pod("web"));
        assertThat(server).isNotNull();
        server.setHung(true);
        cluster.runFor(12);
        // then
        assertThat(cluster.container("web").restartCount()).isEqualTo(1);
        assertThat(cluster.events("Killing")).containsExactly("Container web failed liveness probe, will be restarted");
        assertThat(cluster.events("Unhealthy").get(0))
                .contains("Liveness probe failed: Get \"http://10.244.0.", "context deadline exceeded");
    }

    @Test
    void an_app_that_ignores_sigterm_burns_the_whole_grace() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving(
                "web", AppBehavior.STANDARD.withLife(new ProcessLife(null, 0, true, 0, null, false, null, false)));
        cluster.pod("web", "terminationGracePeriodSeconds: 6, containers: [{name: 'web', image: 'web:1'}]")
                .runFor(5);
        // when
        cluster.cluster().delete(cluster.pod("web").key(), DeleteOptions.DEFAULT);
        // then
        cluster.runFor(5.9);
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.runUntil(() -> cluster.hasPhase("web", PodPhase.FAILED), 3))
                .isTrue();
        assertThat(cluster.runUntil(() -> !cluster.exists("web"), 2)).isTrue();
    }

    @Test
    void a_forced_deletion_takes_the_object_at_once_and_the_process_soon_after() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving(
                "web", AppBehavior.STANDARD.withLife(new ProcessLife(null, 0, true, 0, null, false, null, false)));
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1'}]").runFor(5);
        var server = cluster.cluster().processOf(cluster.pod("web"));
        assertThat(server).isNotNull();
        // when
        cluster.cluster().delete(cluster.pod("web").key(), DeleteOptions.withGrace(0));
        // then
        assertThat(cluster.exists("web")).isFalse();
        cluster.runFor(1.9);
        assertThat(server.isAlive()).isTrue();
        cluster.runFor(0.5);
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void a_post_start_hook_that_fails_stops_the_container() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.behaving(
                "web",
                AppBehavior.STANDARD.withLife(
                        new ProcessLife(null, 0, false, 0, Distribution.parse("200ms"), true, null, false)));
        // when
        cluster.pod(
                        "web",
                        "containers: [{name: 'web', image: 'web:1', lifecycle: {postStart: {exec: {command: ['x']}}}}]")
                .runFor(30);
        // then
        assertThat(cluster.events("FailedPostStartHook")).contains("PostStartHook failed");
        assertThat(cluster.container("web").restartCount()).isBetween(1, 3);
        assertThat(cluster.pod("web").isReady()).isFalse();
    }

    @Test
    void a_command_that_sleeps_takes_as_long_as_it_says() {
        // given
        TestCluster cluster = TestCluster.ofOneNode(1);
        cluster.pod(
                        "web",
                        "containers: [{name: 'web', image: 'web:1', lifecycle: {preStop: {exec: {command:"
                                + " ['sh', '-c', 'sleep 7 && nginx -s quit']}}}}]")
                .runFor(5);
        // when
        cluster.cluster().delete(cluster.pod("web").key(), DeleteOptions.DEFAULT);
        // then
        cluster.runFor(6.9);
        assertThat(cluster.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.runUntil(() -> cluster.hasPhase("web", PodPhase.SUCCEEDED), 3))
                .isTrue();
    }

    @Test
    void a_pod_deleted_while_it_pulls_goes_after_the_pull() {
        // given
        TestCluster cluster = new TestCluster(
                withImage("web:1", new ImageCatalog.Image(250L << 20, false, ImmutableSet.of(), "")), 1);
        cluster.pod("web", "containers: [{name: 'web', image: 'web:1', " + READY_AT_ONCE + "}]")
                .runFor(2);
        // when
        cluster.cluster().delete(cluster.pod("web").key(), DeleteOptions.DEFAULT);
        // then
        cluster.runFor(2);
        assertThat(cluster.exists("web")).isTrue();
        assertThat(cluster.runUntil(() -> !cluster.exists("web"), 7)).isTrue();
        assertThat(cluster.events("Started")).hasSize(1);
    }
}
