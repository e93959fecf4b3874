package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionConfigTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void by_default_a_pod_is_to_take_seventy_requests_at_a_time() {
        RevisionConfig revision = RevisionConfig.resolve(0, Map.of(), true, AutoscalerConfig.DEFAULT);
        assertThat(revision.target()).isEqualTo(70);
        assertThat(revision.targetBurstCapacity()).isEqualTo(211);
        assertThat(revision.panicWindowNanos()).isEqualTo(6 * SECOND);
        assertThat(revision.numActivators(3, AutoscalerConfig.DEFAULT.activatorCapacity()))
                .isEqualTo(6);
    }

    @Test
    void a_target_cannot_exceed_what_the_container_accepts() {
        RevisionConfig revision = RevisionConfig.resolve(
                10, Map.of("autoscaling.knative.dev/target", "50"), true, AutoscalerConfig.DEFAULT);
        assertThat(revision.total()).isEqualTo(10);
    }

    @Test
    void a_panic_window_is_a_whole_number_of_seconds() {
        RevisionConfig revision = RevisionConfig.resolve(
                0,
                Map.of(
                        "autoscaling.knative.dev/window", "44s",
                        "autoscaling.knative.dev/panic-window-percentage", "12.5"),
                true,
                AutoscalerConfig.DEFAULT);
        assertThat(revision.panicWindowNanos()).isEqualTo(6 * SECOND);
    }

    @Test
    void an_unreachable_revision_has_no_minimum() {
        RevisionConfig revision = RevisionConfig.resolve(
                0, Map.of("autoscaling.knative.dev/min-scale", "5"), false, AutoscalerConfig.DEFAULT);
        assertThat(revision.minScale()).isZero();
    }

    @Test
    void durations_are_written_as_go_writes_them() {
        assertThat(GoDuration.parse("window", "1h30m")).isEqualTo(5400 * SECOND);
        assertThat(GoDuration.parse("window", "1.5s")).isEqualTo(3 * SECOND / 2);
        assertThatThrownBy(() -> GoDuration.parse("window", "90"))
                .hasMessageContaining("window is '90'; write a duration");
    }

    @Test
    void a_value_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> RevisionConfig.resolve(
                        0, Map.of("autoscaling.knative.dev/min-scale", "many"), true, AutoscalerConfig.DEFAULT))
                .hasMessageContaining("autoscaling.knative.dev/min-scale is 'many'");
        assertThatThrownBy(() -> RevisionConfig.resolve(
                        0, Map.of("autoscaling.knative.dev/metric", "cpu"), true, AutoscalerConfig.DEFAULT))
                .hasMessageContaining("class hpa");
    }
}
