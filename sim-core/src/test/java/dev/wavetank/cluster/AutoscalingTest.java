package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Times;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AutoscalingTest {

    private static final long SECOND = Times.SECOND;

    private final ScaledService service = new ScaledService(1, 2, 10);

    @Test
    void the_first_sync_comes_one_period_after_the_autoscaler() {
        // given
        service.load("users", 60, 600 * SECOND);
        service.cluster.runFor(60 * SECOND);
        // when
        service.autoscale("web", 2, 10, "");
        // then
        service.cluster.runFor(14_900_000_000L);
        assertThat(service.autoscaler("web").status().conditions()).isEmpty();
        assertThat(service.replicas()).isEqualTo(2);
        service.cluster.runFor(300_000_000L);
        assertThat(service.replicas()).isGreaterThan(2);
        assertThat(service.reason("web", "AbleToScale")).isEqualTo("SucceededRescale");
        assertThat(service.events())
                .containsExactly("SuccessfulRescale: New size: " + service.replicas()
                        + "; reason: cpu resource utilization (percentage of request) above target");
    }

    @Test
    void syncs_take_their_time_and_drift_against_the_clock() {
        service.autoscale("web", 2, 10, "");
        service.load("users", 60, 900 * SECOND);
        long start = service.cluster.now();
        service.cluster.runFor(20 * 15 * SECOND + 5 * SECOND);
        var decisions = service.cluster.decisions().decisions().stream()
                .filter(decision -> decision.actor().equals("HpaController"))
                .toList();
        assertThat(decisions).hasSize(20);
        assertThat(decisions.get(19).at() - start).isBetween(300_050 * SECOND / 1000, 302 * SECOND);
    }

    @Test
    void every_sync_leaves_its_arithmetic() {
        service.load("users", 60, 600 * SECOND);
        service.cluster.runFor(60 * SECOND);
        service.autoscale(
                "web",
                2,
                10,
                "{\"scaleUp\": {\"policies\": [{\"type\": \"Pods\", \"value\": 1, \"periodSeconds\": 60}]}}");
        service.cluster.runFor(16 * SECOND);
        assertThat(service.cluster.decisions().decisions().stream()
                        .filter(decision -> decision.actor().equals("HpaController"))
                        .map(decision -> decision.text()))
                .singleElement()
                .asString()
                .matches(
                        "2 → 3: cpu resource utilization \\(percentage of request\\): 2 pods at 3\\d\\d % of 50 % target: "
                                + "ceil\\(2 × [67]\\.\\d+\\) = 1[2-4]; limited to 3 by policy Pods 1 per 60 s");
    }

    @Test
    void an_autoscaler_of_nothing_says_so_at_every_sync() {
        service.cluster.delete(
                Objects.requireNonNull(service.cluster.deployment("web")).key(), DeleteOptions.DEFAULT);
        service.autoscale("web", 2, 10, "");
        service.cluster.runFor(50 * SECOND);
        assertThat(service.reason("web", "AbleToScale")).isEqualTo("FailedGetScale");
        assertThat(service.events()).containsExactly("FailedGetScale: deployments.apps \"web\" not found");
    }

    @Test
    void two_autoscalers_of_the_same_pods_both_stop() {
        service.autoscale("first", 2, 10, "");
        service.autoscale("second", 2, 10, "");
        // each is known to the other from its first sync on
        service.cluster.runFor(20 * SECOND);
        service.load("users", 60, 600 * SECOND);
        service.cluster.runFor(120 * SECOND);
        assertThat(service.replicas()).isEqualTo(2);
        assertThat(service.reason("first", "ScalingActive")).isEqualTo("AmbiguousSelector");
        assertThat(service.reason("second", "ScalingActive")).isEqualTo("AmbiguousSelector");
    }

    @Test
    void a_size_beyond_the_bounds_is_mended_at_the_next_sync_and_zero_is_respected() {
        service.autoscale("web", 2, 4, "");
        service.cluster.runFor(20 * SECOND);
        service.cluster.scale("web", 7);
        service.cluster.runFor(16 * SECOND);
        assertThat(service.replicas()).isEqualTo(4);
        service.cluster.scale("web", 1);
        service.cluster.runFor(16 * SECOND);
        assertThat(service.replicas()).isEqualTo(2);
        service.cluster.scale("web", 0);
        service.cluster.runFor(60 * SECOND);
        assertThat(service.replicas()).isZero();
        assertThat(service.reason("web", "ScalingActive")).isEqualTo("ScalingDisabled");
    }

    @Test
    void without_numbers_it_neither_grows_nor_shrinks() {
        service.autoscale("web", 2, 10, "");
        service.cluster.setMetricsDown(true);
        service.load("users", 60, 600 * SECOND);
        service.cluster.runFor(120 * SECOND);
        assertThat(service.replicas()).isEqualTo(2);
        assertThat(service.reason("web", "ScalingActive")).isEqualTo("FailedGetResourceMetric");
        assertThat(service.events())
                .anyMatch(event -> event.endsWith(
                        "the server is currently unable to handle the request (get pods.metrics.k8s.io)"));
    }

    @Test
    void a_stressed_pod_counts_as_loaded_though_nobody_calls_it() {
        service.autoscale("web", 2, 10, "");
        service.cluster.runFor(20 * SECOND);
        service.cluster.burnCpu(service.cluster.podsOf("web").get(0), 500, 120 * SECOND);
        service.cluster.runFor(90 * SECOND);
        assertThat(service.replicas()).isGreaterThanOrEqualTo(5);
    }
}
