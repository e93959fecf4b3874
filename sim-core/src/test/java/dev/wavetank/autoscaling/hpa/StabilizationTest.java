package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.hpa.HpaMemory.Recommendation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StabilizationTest {

    private static final long WINDOW = 300 * SECOND;

    @Test
    void a_recommendation_exactly_as_old_as_the_window_counts_without_behavior_only() {
        List<Recommendation> past = List.of(new Recommendation(9, -WINDOW));

        assertThat(Stabilization.withoutBehavior(2, past, WINDOW, 0).replicas()).isEqualTo(9);
        assertThat(Stabilization.withBehavior(9, 2, past, 0, WINDOW, 0).replicas())
                .isEqualTo(2);
    }

    @Test
    void a_spike_must_last_the_whole_up_window_before_it_counts() {
        List<Recommendation> past = List.of(new Recommendation(3, -30 * SECOND));

        Stabilization held = Stabilization.withBehavior(3, 10, past, 60 * SECOND, WINDOW, 0);

        assertThat(held.replicas()).isEqualTo(3);
        assertThat(held.reason()).isEqualTo(StabilizationReason.SCALE_UP_STABILIZED);
    }

    @Test
    void the_last_slot_that_is_too_old_is_used_again() {
        List<Recommendation> past = List.of(
                new Recommendation(1, -900 * SECOND),
                new Recommendation(2, -800 * SECOND),
                new Recommendation(3, -30 * SECOND));

        assertThat(Stabilization.withoutBehavior(4, past, WINDOW, 0).recommendations())
                .containsExactly(
                        new Recommendation(1, -900 * SECOND),
                        new Recommendation(4, 0),
                        new Recommendation(3, -30 * SECOND));
    }
}
