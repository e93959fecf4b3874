package dev.wavetank.autoscaling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsStorageTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long RESOLUTION = 15 * SECOND;

    /** A container that has used half a CPU since its start. */
    private static MetricsPoint half(long start, long timestamp) {
        return new MetricsPoint(start * SECOND, timestamp * SECOND, (timestamp - start) * SECOND / 2, 1 << 20);
    }

    private static Map<String, Map<String, MetricsPoint>> web(MetricsPoint app) {
        return Map.of("web", Map.of("app", app));
    }

    @Test
    void a_rate_needs_two_samples() {
        MetricsStorage once = MetricsStorage.EMPTY.store(web(half(0, 100)), RESOLUTION);
        MetricsStorage twice = once.store(web(half(0, 120)), RESOLUTION);

        assertThat(once.isReady()).isFalse();
        assertThat(once.metrics()).isEmpty();
        assertThat(twice.metricsOf("web"))
                .isEqualTo(new PodMetrics(
                        "web",
                        120 * SECOND,
                        20 * SECOND,
                        List.of(new PodMetrics.ContainerMetrics("app", 500_000_000, 1 << 20))));
    }

    @Test
    void a_fresh_container_is_served_from_its_start() {
        MetricsStorage tooFresh = MetricsStorage.EMPTY.store(web(half(100, 109)), RESOLUTION);
        MetricsStorage fresh = MetricsStorage.EMPTY.store(web(half(100, 112)), RESOLUTION);
        MetricsStorage asOldAsTheResolution = MetricsStorage.EMPTY.store(web(half(100, 115)), RESOLUTION);

        assertThat(tooFresh.metrics()).isEmpty();
        assertThat(fresh.metrics()).singleElement().satisfies(pod -> {
            assertThat(pod.windowNanos()).isEqualTo(12 * SECOND);
            assertThat(pod.containers())
                    .singleElement()
                    .satisfies(app -> assertThat(app.cpuMillicores()).isEqualTo(500));
        });
        assertThat(asOldAsTheResolution.metrics()).isEmpty();
    }

    @Test
    void an_unchanged_sample_is_served_again() {
        MetricsStorage storage =
                MetricsStorage.EMPTY.store(web(half(0, 100)), RESOLUTION).store(web(half(0, 120)), RESOLUTION);

        assertThat(storage.store(web(half(0, 120)), RESOLUTION).metrics()).isEqualTo(storage.metrics());
    }

    @Test
    void a_restarted_container_starts_over() {
        MetricsStorage storage = MetricsStorage.EMPTY
                .store(web(half(0, 100)), RESOLUTION)
                .store(web(half(0, 120)), RESOLUTION)
                .store(web(half(121, 122)), RESOLUTION);

        assertThat(storage.metrics()).isEmpty();
    }

    @Test
    void what_a_scrape_does_not_find_is_gone_at_once() {
        MetricsStorage storage = MetricsStorage.EMPTY
                .store(web(half(0, 100)), RESOLUTION)
                .store(web(half(0, 120)), RESOLUTION)
                .store(Map.of(), RESOLUTION);

        assertThat(storage.metrics()).isEmpty();
        assertThat(storage.store(web(half(0, 140)), RESOLUTION).metrics()).isEmpty();
    }

    @Test
    void a_container_with_nothing_counted_takes_its_pod_along() {
        MetricsPoint idle = new MetricsPoint(0, 10 * SECOND, 0, 1 << 20);

        assertThat(MetricsStorage.usable(
                        Map.of("web", Map.of("app", half(0, 10), "log", idle), "api", Map.of("app", half(0, 10)))))
                .containsOnlyKeys("api");
    }

    @Test
    void cpu_rounds_up_to_thousandths() {
        assertThat(new PodMetrics.ContainerMetrics("app", 1, 0).cpuMillicores()).isEqualTo(1);
        assertThat(new PodMetrics.ContainerMetrics("app", 0, 0).cpuMillicores()).isZero();
    }
}
