package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.knative.KpaScaler.Decision;
import dev.wavetank.autoscaling.knative.KpaScaler.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KpaScalerTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void three_hundred_requests_on_one_pod_are_a_panic() {
        // given
        KpaScaler kpa = new KpaScaler(spec(Map.of()), 1, 0);
        // when
        Decision decision = kpa.scale(2 * SECOND, 50.0, 300.0, 1);
        // then
        assertThat(decision).isEqualTo(new Decision(5, -411, true, Reason.PANIC));
    }

    @Test
    void panic_never_lets_the_pods_fall_and_ends_a_stable_window_after_its_last_cause() {
        // given
        KpaScaler kpa = new KpaScaler(spec(Map.of()), 1, 0);
        kpa.scale(0, 300.0, 300.0, 1);
        // then
        assertThat(kpa.scale(60 * SECOND, 10.0, 10.0, 5))
                .extracting(Decision::desiredPods, Decision::panicking)
                .containsExactly(5, true);
        assertThat(kpa.scale(60 * SECOND + 1, 10.0, 10.0, 5))
                .extracting(Decision::desiredPods, Decision::reason)
                .containsExactly(2, Reason.SCALE_DOWN_RATE);
    }

    @Test
    void pods_halve_at_most_and_the_last_one_may_go() {
        KpaScaler kpa = new KpaScaler(spec(Map.of()), 0, 0);
        assertThat(kpa.scale(0, 0.0, 0.0, 8).desiredPods()).isEqualTo(4);
        assertThat(kpa.scale(SECOND, 0.0, 0.0, 2).desiredPods()).isEqualTo(1);
        assertThat(kpa.scale(2 * SECOND, 0.0, 0.0, 1).desiredPods()).isZero();
    }

    @Test
    void a_restart_under_load_begins_in_panic() {
        KpaScaler kpa = new KpaScaler(spec(Map.of()), 7, 0);
        assertThat(kpa.scale(SECOND, 10.0, 10.0, 7).desiredPods()).isEqualTo(7);
    }

    @Test
    void without_data_nothing_is_decided() {
        KpaScaler kpa = new KpaScaler(spec(Map.of()), 0, 0);
        assertThat(kpa.scale(0, null, null, 1)).isEqualTo(new Decision(null, null, false, Reason.NO_DATA));
    }

    @Test
    void a_lower_wish_waits_for_the_scale_down_delay() {
        // given
        KpaScaler kpa = new KpaScaler(spec(Map.of("autoscaling.knative.dev/scale-down-delay", "10s")), 0, 0);
        kpa.scale(0, 350.0, 350.0, 5);
        // then
        assertThat(kpa.scale(8 * SECOND, 210.0, 210.0, 5))
                .extracting(Decision::desiredPods, Decision::reason)
                .containsExactly(5, Reason.SCALE_DOWN_DELAY);
        assertThat(kpa.scale(10 * SECOND, 210.0, 210.0, 5).desiredPods()).isEqualTo(3);
    }

    @Test
    void activation_scale_is_the_least_to_start_with() {
        KpaScaler kpa = new KpaScaler(spec(Map.of("autoscaling.knative.dev/activation-scale", "3")), 0, 0);
        assertThat(kpa.scale(0, 0.0, 0.0, 0).desiredPods()).isZero();
        assertThat(kpa.scale(SECOND, 1.0, 1.0, 0))
                .extracting(Decision::desiredPods, Decision::reason)
                .containsExactly(3, Reason.ACTIVATION_SCALE);
    }

    private static KpaScaler.Spec spec(Map<String, String> annotations) {
        return KpaScaler.Spec.of(
                RevisionConfig.resolve(0, annotations, true, AutoscalerConfig.DEFAULT), AutoscalerConfig.DEFAULT);
    }
}
