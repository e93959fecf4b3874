package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.knative.ScaleToZero.Decision;
import dev.wavetank.autoscaling.knative.ScaleToZero.Input;
import dev.wavetank.autoscaling.knative.ScaleToZero.Reason;
import dev.wavetank.autoscaling.knative.ScaleToZero.SksMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleToZeroTest {

    private static final long SECOND = 1_000_000_000;

    private final RevisionConfig revision = revision(Map.of());

    @Test
    void an_idle_revision_keeps_one_pod_until_the_stable_window_is_over() {
        Decision decision = decide(revision, idle(ActiveStatus.TRUE, 59, 0));
        assertThat(decision).isEqualTo(new Decision(1, true, SECOND, false, Reason.IDLE_WITHIN_STABLE_WINDOW));
    }

    @Test
    void then_it_is_marked_inactive_and_its_pods_stay() {
        Decision decision = decide(revision, idle(ActiveStatus.TRUE, 60, 0));
        assertThat(decision.apply()).isFalse();
        assertThat(ActiveCondition.after(
                        revision, new ActiveCondition(ActiveStatus.TRUE, "", true), decision.scale(), 1))
                .isEqualTo(new ActiveCondition(ActiveStatus.FALSE, "NoTraffic", true));
    }

    @Test
    void then_the_activator_must_have_been_in_path_for_the_grace_period() {
        assertThat(decide(revision, idle(ActiveStatus.FALSE, 10, 20)))
                .isEqualTo(new Decision(0, false, 10 * SECOND, false, Reason.GRACE_PERIOD));
        assertThat(decide(revision, idle(ActiveStatus.FALSE, 10, 30)))
                .isEqualTo(new Decision(0, true, null, false, Reason.INACTIVE));
    }

    @Test
    void the_last_pod_may_be_retained_for_longer() {
        RevisionConfig retained = revision(Map.of("autoscaling.knative.dev/scale-to-zero-pod-retention-period", "5m"));
        assertThat(decide(retained, idle(ActiveStatus.FALSE, 299, 299)).reason())
                .isEqualTo(Reason.POD_RETENTION);
        assertThat(decide(retained, idle(ActiveStatus.FALSE, 300, 300)).apply()).isTrue();
    }

    @Test
    void an_activator_that_does_not_answer_is_probed_on() {
        Input unanswered = new Input(0, ActiveStatus.FALSE, 90 * SECOND, true, 600 * SECOND, SksMode.PROXY, 0, false);
        assertThat(decide(revision, unanswered).probeActivator()).isTrue();
        RevisionConfig alwaysProxied = revision(Map.of("autoscaling.knative.dev/target-burst-capacity", "-1"));
        assertThat(decide(alwaysProxied, unanswered).apply()).isTrue();
    }

    @Test
    void the_initial_scale_is_a_lower_bound_until_it_has_been_reached_once() {
        RevisionConfig three = revision(Map.of("autoscaling.knative.dev/initial-scale", "3"));
        Input before = new Input(1, ActiveStatus.UNKNOWN, 0, false, 600 * SECOND, SksMode.PROXY, 0, true);
        Input after = new Input(1, ActiveStatus.TRUE, 0, true, 600 * SECOND, SksMode.PROXY, 0, true);
        assertThat(decide(three, before).scale()).isEqualTo(3);
        assertThat(decide(three, after).scale()).isEqualTo(1);
    }

    @Test
    void traffic_bypasses_the_activator_only_with_capacity_to_spare() {
        assertThat(ServerlessServiceMode.decide(3, 0, ActiveStatus.TRUE)).isEqualTo(SksMode.SERVE);
        assertThat(ServerlessServiceMode.decide(3, -1, ActiveStatus.TRUE)).isEqualTo(SksMode.PROXY);
        assertThat(ServerlessServiceMode.decide(0, 100, ActiveStatus.TRUE)).isEqualTo(SksMode.PROXY);
        assertThat(ServerlessServiceMode.decide(-1, 100, ActiveStatus.FALSE)).isEqualTo(SksMode.PROXY);
    }

    private static Input idle(ActiveStatus active, long forSeconds, long proxiedForSeconds) {
        return new Input(
                0, active, forSeconds * SECOND, true, 600 * SECOND, SksMode.PROXY, proxiedForSeconds * SECOND, true);
    }

    private static RevisionConfig revision(Map<String, String> annotations) {
        return RevisionConfig.resolve(0, annotations, true, AutoscalerConfig.DEFAULT);
    }

    private static Decision decide(RevisionConfig revision, Input input) {
        return ScaleToZero.decide(revision, AutoscalerConfig.DEFAULT, input);
    }
}
