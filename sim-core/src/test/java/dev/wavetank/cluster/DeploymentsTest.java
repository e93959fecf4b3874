package dev.wavetank.cluster;

import static dev.wavetank.cluster.TestManifests.WEB;
import static dev.wavetank.cluster.TestManifests.applied;
import static dev.wavetank.cluster.TestManifests.json;
import static dev.wavetank.cluster.TestManifests.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.controllers.DeploymentAnnotations;
import dev.wavetank.controllers.FieldOwner;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Times;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeploymentsTest {

    private final Cluster cluster = new Cluster(ClusterSpec.dockerDesktop(), 1);
    private final Deployments deployments = cluster.deployments();

    private Deployment live() {
        return Objects.requireNonNull(cluster.deployment("web"));
    }

    private int replicas() {
        return live().spec().replicas();
    }

    private List<String> owners() {
        return deployments.ownership(live()).owners().stream()
                .map(FieldOwner::toString)
                .toList();
    }

    @Test
    void applying_a_manifest_again_reverts_a_manual_scale() {
        // given
        cluster.apply(applied(web("\"replicas\": 3")));
        cluster.scale("web", 7);
        assertThat(owners()).containsExactly("kubectl/Update/scale");
        // when
        cluster.apply(applied(web("\"replicas\": 3")));
        // then
        assertThat(replicas()).isEqualTo(3);
        assertThat(owners()).containsExactly("kubectl-client-side-apply/Update");
    }

    @Test
    void applying_a_manifest_that_never_had_replicas_leaves_a_manual_scale_alone() {
        cluster.apply(applied(web("")));
        cluster.scale("web", 7);
        cluster.apply(applied(web("")));
        assertThat(replicas()).isEqualTo(7);
    }

    @Test
    void taking_replicas_out_of_a_manifest_drops_the_deployment_to_one_pod() {
        cluster.apply(applied(web("\"replicas\": 3")));
        cluster.scale("web", 7);
        cluster.apply(applied(web("")));
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void applying_the_same_manifest_twice_writes_nothing() {
        cluster.apply(applied(web("\"replicas\": 3")));
        long version = live().metadata().resourceVersion();
        cluster.apply(applied(web("\"replicas\": 3")));
        assertThat(live().metadata().resourceVersion()).isEqualTo(version);
    }

    @Test
    void what_the_manifest_never_mentioned_stays_as_others_left_it() {
        cluster.apply(applied(web("\"replicas\": 3")));
        deployments.patch(
                WEB, json("{\"spec\": {\"strategy\": {\"rollingUpdate\": {\"maxSurge\": 2}}}}"), "kubectl-patch");
        cluster.apply(applied(web("\"replicas\": 3, \"minReadySeconds\": 5")));
        assertThat(live().spec().strategy().toString()).contains("maxSurge=2");
        assertThat(live().spec().minReadySeconds()).isEqualTo(5);
    }

    @Test
    void server_side_apply_is_refused_a_size_that_others_own_unless_forced() {
        // given
        deployments.serverSideApply(web("\"replicas\": 3"), "team", false);
        cluster.scale("web", 7);
        // when, then
        assertThatThrownBy(() -> deployments.serverSideApply(web("\"replicas\": 4"), "team", false))
                .isInstanceOf(ApiException.class)
                .hasMessage("Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using"
                        + " apps/v1: .spec.replicas");
        assertThat(replicas()).isEqualTo(7);
        deployments.serverSideApply(web("\"replicas\": 4"), "team", true);
        assertThat(replicas()).isEqualTo(4);
        assertThat(owners()).containsExactly("team/Apply");
    }

    @Test
    void a_size_that_only_server_side_apply_owned_falls_to_one_when_it_is_given_up() {
        deployments.serverSideApply(web("\"replicas\": 3"), "team", false);
        deployments.serverSideApply(web(""), "team", false);
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void an_autoscaler_that_writes_past_here_owns_what_it_wrote() {
        cluster.apply(applied(web("\"replicas\": 3")));
        cluster.change("web", found -> found.withSpec(found.spec().withReplicas(5)));
        assertThat(owners()).containsExactly("kube-controller-manager/Update/scale");
    }

    @Test
    void undo_returns_to_the_template_before_under_a_new_revision() {
        // given
        cluster.apply(applied(web("\"replicas\": 2")));
        cluster.runFor(30 * Times.SECOND);
        deployments.setImage(WEB, "", "web:2");
        cluster.runFor(30 * Times.SECOND);
        // when
        String said = deployments.undo(WEB, 0);
        cluster.runFor(30 * Times.SECOND);
        // then
        assertThat(said).isEqualTo("rolled back");
        assertThat(live().spec().template().source().toString()).contains("web:1");
        assertThat(live().metadata().annotation(DeploymentAnnotations.REVISION)).isEqualTo("3");
        assertThat(cluster.isSettled()).isTrue();
    }

    @Test
    void a_paused_deployment_is_neither_restarted_nor_rolled_back_nor_paused_again() {
        cluster.apply(applied(web("")));
        cluster.runFor(10 * Times.SECOND);
        deployments.setImage(WEB, "web", "web:2");
        cluster.runFor(30 * Times.SECOND);
        deployments.setPaused(WEB, true);
        assertThatThrownBy(() -> deployments.restart(WEB)).hasMessageContaining("paused");
        assertThatThrownBy(() -> deployments.undo(WEB, 1)).hasMessageContaining("paused");
        assertThatThrownBy(() -> deployments.setPaused(WEB, true)).hasMessageContaining("already paused");
    }

    @Test
    void the_selector_cannot_be_changed() {
        cluster.apply(applied(web("")));
        assertThatThrownBy(() -> deployments.patch(
                        WEB,
                        json(
                                "{\"spec\": {\"selector\": {\"matchLabels\": {\"app\": \"x\"}}, \"template\": {\"metadata\":"
                                        + " {\"labels\": {\"app\": \"x\"}}}}}"),
                        "kubectl-patch"))
                .hasMessageContaining("immutable");
    }
}
