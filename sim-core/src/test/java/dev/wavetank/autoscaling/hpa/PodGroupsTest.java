package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodGroupsTest {

    private static HpaPod pod(long startTime, HpaPod.Status ready, long readySince) {
        return new HpaPod(
                "web",
                Map.of(),
                HpaPod.Phase.RUNNING,
                false,
                startTime * SECOND,
                new HpaPod.Ready(ready, readySince * SECOND),
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
    }

    private static PodGroups group(HpaPod pod, String resource, long metricTime, long window) {
        Map<String, PodMetric> metrics = Map.of("web", new PodMetric(1, metricTime * SECOND, window * SECOND));
        return PodGroups.of(List.of(pod), metrics, resource, HpaOptions.DEFAULTS, 0);
    }

    @Test
    void a_young_pods_sample_counts_once_it_lies_wholly_after_it_became_ready() {
        HpaPod young = pod(-60, HpaPod.Status.TRUE, -30);

        assertThat(group(young, "cpu", -15, 15).readyPodCount()).isEqualTo(1);
        assertThat(group(young, "cpu", -16, 15).unready()).containsExactly("web");
    }

    @Test
    void a_pod_is_young_until_it_is_exactly_five_minutes_old() {
        assertThat(group(pod(-299, HpaPod.Status.TRUE, -1), "cpu", -15, 15).unready())
                .containsExactly("web");
        assertThat(group(pod(-300, HpaPod.Status.TRUE, -1), "cpu", -15, 15).readyPodCount())
                .isEqualTo(1);
    }

    @Test
    void an_old_pod_that_turned_unready_under_load_keeps_counting() {
        HpaPod overloaded = pod(-3600, HpaPod.Status.FALSE, -20);
        HpaPod neverReady = pod(-3600, HpaPod.Status.FALSE, -3590);

        assertThat(group(overloaded, "cpu", -5, 15).readyPodCount()).isEqualTo(1);
        assertThat(group(neverReady, "cpu", -5, 15).unready()).containsExactly("web");
    }

    @Test
    void readiness_is_no_matter_for_memory() {
        assertThat(group(pod(-10, HpaPod.Status.FALSE, -10), "memory", -5, 15).readyPodCount())
                .isEqualTo(1);
    }
}
