package dev.wavetank.autoscaling.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.autoscaling.keda.ScalePoll.Decision;
import dev.wavetank.autoscaling.keda.ScalePoll.Reason;
import dev.wavetank.autoscaling.keda.ScaledObjectStatus.ConditionStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalePollTest {

    private static final long SECOND = 1_000_000_000;

    private final ScaledObjectSpec toZero = spec(0, null, null);

    @Test
    void an_active_trigger_brings_the_target_back_from_zero() {
        Decision decision = poll(toZero, ScaledObjectStatus.NEW, 12 * SECOND + 345, true, false, 0);
        assertThat(decision.replicas()).isEqualTo(1);
        assertThat(decision.event()).isEqualTo("KEDAScaleTargetActivated");
        assertThat(decision.status().lastActiveTimeNanos()).isEqualTo(12 * SECOND);
    }

    @Test
    void a_new_scaled_object_without_activity_goes_to_zero_at_its_first_poll() {
        Decision decision = poll(toZero, ScaledObjectStatus.NEW, 1, false, false, 8);
        assertThat(decision.replicas()).isZero();
        assertThat(decision.reason()).isEqualTo(Reason.DEACTIVATED);
    }

    @Test
    void the_cooldown_must_be_over_not_just_reached() {
        // given
        ScaledObjectStatus active = poll(toZero, ScaledObjectStatus.NEW, 12 * SECOND, true, false, 3)
                .status();
        // then
        Decision atTheEnd = poll(toZero, active, 312 * SECOND, false, false, 3);
        assertThat(atTheEnd.replicas()).isNull();
        assertThat(atTheEnd.status().activeReason()).isEqualTo("ScalerCooldown");
        assertThat(poll(toZero, active, 312 * SECOND + 1, false, false, 3).replicas())
                .isZero();
    }

    @Test
    void idle_replicas_take_the_place_of_zero() {
        ScaledObjectSpec idle = spec(3, 1, null);
        assertThat(poll(idle, ScaledObjectStatus.NEW, 1, false, false, 5).replicas())
                .isEqualTo(1);
        assertThat(poll(idle, ScaledObjectStatus.NEW, 1, true, false, 1).replicas())
                .isEqualTo(3);
    }

    @Test
    void too_few_replicas_are_lifted_to_the_minimum_without_any_event() {
        Decision decision = poll(spec(2, null, null), ScaledObjectStatus.NEW, 1, false, false, 1);
        assertThat(decision.replicas()).isEqualTo(2);
        assertThat(decision.event()).isNull();
    }

    @Test
    void a_failing_trigger_without_fallback_stops_everything() {
        Decision decision = poll(toZero, ScaledObjectStatus.NEW, 1, false, true, 8);
        assertThat(decision.replicas()).isNull();
        assertThat(decision.status().ready()).isEqualTo(ConditionStatus.FALSE);
    }

    @Test
    void a_failing_trigger_beside_an_active_one_leaves_the_last_active_time_alone() {
        Decision decision = poll(toZero, ScaledObjectStatus.NEW, SECOND, true, true, 8);
        assertThat(decision.reason()).isEqualTo(Reason.PARTLY_FAILING);
        assertThat(decision.status().lastActiveTimeNanos()).isNull();
    }

    @Test
    void a_boolean_annotation_that_is_neither_true_nor_false_counts_as_true() {
        assertThat(PollAnnotations.of(Map.of("autoscaling.keda.sh/paused", "yes"))
                        .paused())
                .isTrue();
        assertThat(PollAnnotations.of(Map.of("autoscaling.keda.sh/paused", "F")).paused())
                .isFalse();
        assertThat(PollAnnotations.of(Map.of("autoscaling.keda.sh/paused-replicas", "0"))
                        .paused())
                .isTrue();
    }

    @Test
    void an_idle_count_that_is_not_below_the_minimum_is_refused() {
        assertThatThrownBy(() -> spec(2, 2, null)).hasMessageContaining("idleReplicaCount is 2");
    }

    private static ScaledObjectSpec spec(int min, @Nullable Integer idle, @Nullable Integer fallback) {
        return new ScaledObjectSpec(min, 10, idle, ScaledObjectSpec.DEFAULT_COOLDOWN_NANOS, 0, fallback);
    }

    private static Decision poll(
            ScaledObjectSpec spec, ScaledObjectStatus status, long now, boolean active, boolean failing, int replicas) {
        return ScalePoll.decide(
                spec, PollAnnotations.NONE, 0, status, new ScalePoll.Input(now, active, failing, replicas));
    }
}
