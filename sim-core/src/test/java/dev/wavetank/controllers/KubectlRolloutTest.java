package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestRollout.rolling;
import static dev.wavetank.controllers.TestRollout.template;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KubectlRolloutTest {

    @Test
    void a_rollout_is_told_step_by_step_until_it_is_done() {
        // given
        TestRollout web = new TestRollout(2, rolling("1", "0"));
        web.settle();
        assertThat(RolloutStatus.of(web.deployment(), 0).done()).isTrue();
        // when
        web.edit(spec -> spec.withTemplate(template(2)));
        assertThat(RolloutStatus.of(web.deployment(), 0).message())
                .isEqualTo("Waiting for deployment spec update to be observed...");
        while (web.sync()) {}
        // then
        assertThat(RolloutStatus.of(web.deployment(), 0).message())
                .isEqualTo("Waiting for deployment \"web\" rollout to finish: 0 out of 2 new replicas have been"
                        + " updated...");
        web.settle();
        assertThat(RolloutStatus.of(web.deployment(), 2).message())
                .isEqualTo("deployment \"web\" successfully rolled out");
    }

    @Test
    void another_revision_than_the_one_asked_for_is_an_error() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        web.settle();

        assertThat(RolloutStatus.of(web.deployment(), 7).error())
                .isEqualTo("desired revision (7) is different from the running revision (1)");
    }

    @Test
    void undo_goes_back_to_the_template_before() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        web.settle();
        web.edit(spec -> spec.withTemplate(template(2)));
        web.settle();

        RolloutUndo undo = RolloutUndo.of(web.deployment(), web.replicaSets(), 0);

        assertThat(undo.message()).isEqualTo("rolled back");
        assertThat(undo.patched()).isNotNull();
        assertThat(undo.patched().spec().template()).isEqualTo(template(1));
    }

    @Test
    void undo_without_an_earlier_template_fails() {
        TestRollout web = new TestRollout(1, rolling("1", "0"));
        web.settle();

        assertThat(RolloutUndo.of(web.deployment(), web.replicaSets(), 0).error())
                .isEqualTo("no rollout history found for deployment \"web\"");
        assertThat(RolloutUndo.of(web.deployment(), web.replicaSets(), 1).message())
                .isEqualTo("skipped rollback (current template already matches revision 1)");
    }
}
