package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestRollout.rolling;
import static dev.wavetank.controllers.TestRollout.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.controllers.DeploymentAction.Verb;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.Times;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentSyncTest {

    @Test
    void a_new_deployment_gets_one_replica_set_with_all_its_pods() {
        TestRollout web = new TestRollout(3, rolling("25%", "25%"));
        web.settle();

        assertThat(web.replicaSets()).hasSize(1);
        ReplicaSet only = web.replicaSets().get(0);
        assertThat(only.replicas()).isEqualTo(3);
        assertThat(only.metadata().annotation(DeploymentAnnotations.REVISION)).isEqualTo("1");
        assertThat(web.events()).containsExactly("Scaled up replica set " + only.name() + " from 0 to 3");
        assertThat(progressing(web.deployment()).reason()).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void creating_a_replica_set_ends_in_a_conflict_and_a_retry() {
        TestRollout web = new TestRollout(3, rolling("25%", "25%"));
        DeploymentSync.Outcome first = DeploymentSync.sync(web.deployment(), List.of(), List.of(), TestPod.NOW);

        assertThat(first.requeue()).isEqualTo(Requeue.RETRY);
        List<Write> writes = first.actions().stream()
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .toList();
        assertThat(writes).extracting(Write::verb).containsExactly(Verb.CREATE, Verb.UPDATE_STATUS, Verb.UPDATE_STATUS);
        assertThat(writes).extracting(Write::isRefused).containsExactly(false, false, true);
    }

    @Test
    void a_rolling_update_of_three_goes_up_one_and_down_one_in_turn() {
        TestRollout web = new TestRollout(3, rolling("25%", "25%"));
        web.settle();
        web.events();
        String old = web.ofVersion(1).name();
        // when
        web.edit(spec -> spec.withTemplate(template(2)));
        web.settle();
        // then
        String young = web.ofVersion(2).name();
        assertThat(web.events())
                .containsExactly(
                        "Scaled up replica set " + young + " from 0 to 1",
                        "Scaled down replica set " + old + " from 3 to 2",
                        "Scaled up replica set " + young + " from 1 to 2",
                        "Scaled down replica set " + old + " from 2 to 1",
                        "Scaled up replica set " + young + " from 2 to 3",
                        "Scaled down replica set " + old + " from 1 to 0");
    }

    @Test
    void recreate_takes_everything_down_before_anything_new_comes() {
        TestRollout web = new TestRollout(3, new Strategy.Recreate());
        web.settle();
        web.events();
        String old = web.ofVersion(1).name();
        web.edit(spec -> spec.withTemplate(template(2)));
        web.settle();

        assertThat(web.events())
                .containsExactly(
                        "Scaled down replica set " + old + " from 3 to 0",
                        "Scaled up replica set " + web.ofVersion(2).name() + " from 0 to 3");
    }

    @Test
    void a_template_edited_back_reuses_its_replica_set_under_a_new_revision() {
        TestRollout web = new TestRollout(2, rolling("1", "0"));
        web.settle();
        web.edit(spec -> spec.withTemplate(template(2)));
        web.settle();
        web.edit(spec -> spec.withTemplate(template(1)));
        web.settle();

        assertThat(web.replicaSets()).hasSize(2);
        assertThat(web.ofVersion(1).metadata().annotation(DeploymentAnnotations.REVISION))
                .isEqualTo("3");
        assertThat(web.ofVersion(1).metadata().annotation(DeploymentAnnotations.REVISION_HISTORY))
                .isEqualTo("1");
        assertThat(web.deployment().metadata().annotation(DeploymentAnnotations.REVISION))
                .isEqualTo("3");
    }

    @Test
    void a_paused_deployment_scales_but_does_not_roll() {
        TestRollout web = new TestRollout(2, rolling("1", "0"));
        web.settle();
        web.edit(spec -> spec.withPaused(true).withTemplate(template(2)).withReplicas(5));
        web.settle();

        assertThat(web.replicaSets()).hasSize(1);
        assertThat(web.ofVersion(1).replicas()).isEqualTo(5);
        assertThat(progressing(web.deployment()).reason()).isEqualTo("DeploymentPaused");
    }

    @Test
    void scaling_in_mid_rollout_keeps_the_proportions() {
        // given 8 old and 5 new pods of 10, surge 3
        TestRollout web = new TestRollout(10, rolling("30%", "20%"));
        web.settle();
        web.edit(spec -> spec.withTemplate(template(2)));
        for (int i = 0; i < 4; i++) {
            web.sync();
        }
        assertThat(List.of(web.ofVersion(1).replicas(), web.ofVersion(2).replicas()))
                .containsExactly(8, 5);
        // when
        web.edit(spec -> spec.withReplicas(20));
        web.sync();
        // then 26 may exist instead of 13
        assertThat(List.of(web.ofVersion(1).replicas(), web.ofVersion(2).replicas()))
                .containsExactly(16, 10);
    }

    @Test
    void a_rollout_without_progress_exceeds_its_deadline_and_is_looked_at_again_just_then() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        while (web.sync()) {}
        Deployment stuck = web.deployment();
        long since = progressing(stuck).lastUpdateTime();

        DeploymentSync.Outcome before =
                DeploymentSync.sync(stuck, web.replicaSets(), List.of(), since + 599 * Times.SECOND);
        DeploymentSync.Outcome after =
                DeploymentSync.sync(stuck, web.replicaSets(), List.of(), since + 601 * Times.SECOND);

        assertThat(before.requeue()).isEqualTo(Requeue.after(2 * Times.SECOND));
        Write status = (Write) after.actions().get(0);
        assertThat(progressing((Deployment) status.object()).reason()).isEqualTo("ProgressDeadlineExceeded");
    }

    @Test
    void old_replica_sets_beyond_the_limit_are_forgotten() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        for (int version = 1; version <= 13; version++) {
            int next = version;
            web.edit(spec -> spec.withTemplate(template(next)));
            web.settle();
        }
        assertThat(web.replicaSets()).hasSize(11);
        assertThat(web.replicaSets()).noneMatch(one -> one.template().sameRevisionAs(template(2)));
    }

    @Test
    void a_rollback_asked_for_by_annotation_restores_the_template_without_its_hash_label() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        web.settle();
        web.edit(spec -> spec.withTemplate(template(2)));
        web.settle();
        web.annotate(DeploymentAnnotations.ROLLBACK_TO, "0");
        web.sync();

        assertThat(web.deployment().spec().template()).isEqualTo(template(1));
        assertThat(web.deployment().metadata().annotation(DeploymentAnnotations.ROLLBACK_TO))
                .isNull();
        assertThat(web.events()).last().isEqualTo("Rolled back deployment \"web\" to revision 1");
    }

    @Test
    void a_name_that_another_replica_set_has_leads_to_another_hash() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        Write create = (Write) DeploymentSync.sync(web.deployment(), List.of(), List.of(), TestPod.NOW)
                .actions()
                .get(0);
        ReplicaSet wanted = (ReplicaSet) create.object();

        DeploymentSync.Outcome collision =
                DeploymentSync.createRefused(web.deployment(), wanted, true, null, "already exists", TestPod.NOW);
        Deployment counted = (Deployment) ((Write) collision.actions().get(0)).object();
        Write again = (Write) DeploymentSync.sync(counted, List.of(), List.of(), TestPod.NOW)
                .actions()
                .get(0);

        assertThat(counted.status().collisionCount()).isEqualTo(1);
        assertThat(((ReplicaSet) again.object()).name()).isNotEqualTo(wanted.name());
    }

    private static WorkloadCondition progressing(Deployment deployment) {
        WorkloadCondition condition = deployment.status().condition("Progressing");
        assertThat(condition).isNotNull();
        return condition;
    }

    @Test
    void a_refused_shrinking_is_passed_over_and_the_status_is_written_all_the_same() {
        // given a rolling update whose first new pod is available
        TestRollout web = new TestRollout(3, TestRollout.rolling("1", "0"));
        web.settle();
        web.edit(spec -> spec.withTemplate(TestRollout.template(2)));
        boolean shrinks = false;
        for (int round = 0; round < 20 && !shrinks; round++) {
            web.report(1);
            DeploymentSync.Outcome planned =
                    DeploymentSync.sync(web.deployment(), web.replicaSets(), List.of(), TestPod.NOW);
            shrinks = !planned.shrinking().isEmpty();
            if (!shrinks) {
                web.sync();
            }
        }
        // when
        DeploymentSync.Outcome planned =
                DeploymentSync.sync(web.deployment(), web.replicaSets(), List.of(), TestPod.NOW);
        DeploymentSync.Outcome refused =
                DeploymentSync.shrinkingRefused(web.deployment(), web.replicaSets(), List.of(), TestPod.NOW);
        // then
        int first = planned.shrinking().lowerEndpoint();
        assertThat(shrinks).isTrue();
        assertThat(refused.actions().subList(0, first))
                .isEqualTo(planned.actions().subList(0, first));
        assertThat(refused.actions().subList(first, refused.actions().size()))
                .noneMatch(action ->
                        action instanceof DeploymentAction.Write write && write.object() instanceof ReplicaSet);
        assertThat(refused.requeue()).isNotEqualTo(Requeue.RETRY);
    }
}
