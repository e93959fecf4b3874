package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.SECOND;
import static dev.wavetank.autoscaling.hpa.TestWorkload.cpuSpec;
import static dev.wavetank.autoscaling.hpa.TestWorkload.sync;
import static dev.wavetank.autoscaling.hpa.TestWorkload.withMetrics;
import static dev.wavetank.autoscaling.hpa.TestWorkload.withOptions;
import static dev.wavetank.autoscaling.hpa.TestWorkload.withScale;
import static dev.wavetank.autoscaling.hpa.TestWorkload.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HpaReconcilerTest {

    private static final HpaOptions WITH_SCALE_TO_ZERO =
            new HpaOptions(0.1, 300 * SECOND, 300 * SECOND, 30 * SECOND, true, true, true);
    private static final HpaBehavior TWO_PODS_A_MINUTE = new HpaBehavior(
            ScalingRules.SCALE_UP_DEFAULTS.overriddenBy(
                    null, null, List.of(new ScalingPolicy(ScalingPolicy.Type.PODS, 2, 60)), null),
            ScalingRules.SCALE_DOWN_DEFAULTS);

    private static List<String> events(HpaDecision decision) {
        return decision.events().stream().map(HpaEvent::toString).toList();
    }

    private static List<String> reasons(HpaDecision decision) {
        return decision.status().conditions().stream().map(HpaCondition::reason).toList();
    }

    @Test
    void an_overloaded_workload_grows_and_says_why() {
        HpaSyncInput input = sync(cpuSpec(1, 20, 50, TWO_PODS_A_MINUTE), 4, 820, HpaMemory.NONE, 0);

        HpaDecision decision = HpaReconciler.decide(input);

        assertThat(decision.rescale())
                .isEqualTo(
                        new HpaDecision.Rescale(4, 6, "cpu resource utilization (percentage of request) above target"));
        assertThat(decision.explain())
                .endsWith("4 pods at 82 % of 50 % target: ceil(4 × 1.64) = 7; limited to 6 by policy Pods 2 per 60 s");
        assertThat(reasons(decision)).containsExactly("SucceededRescale", "ValidMetricFound", "ScaleUpLimit");
        assertThat(decision.memory().scaleUpEvents()).hasSize(1);
    }

    @Test
    void a_change_that_only_older_recommendations_call_for_has_no_reason() {
        HpaMemory spike = new HpaMemory(List.of(new HpaMemory.Recommendation(8, -60 * SECOND)), List.of(), List.of());

        HpaDecision decision = HpaReconciler.decide(sync(cpuSpec(1, 20, 50, null), 4, 500, spike, 0));

        assertThat(events(decision)).containsExactly("Normal SuccessfulRescale New size: 8; reason: ");
        assertThat(decision.explain()).contains("held at 8 by recent recommendations");
    }

    @Test
    void when_the_scale_cannot_be_written_the_decision_turns_into_a_failure() {
        HpaDecision decision =
                HpaReconciler.decide(sync(cpuSpec(1, 20, 50, TWO_PODS_A_MINUTE), 4, 820, HpaMemory.NONE, 0));

        HpaDecision failed = decision.scaleFailed("no route to host");

        assertThat(failed.rescale()).isNull();
        assertThat(failed.status().currentReplicas()).isEqualTo(4);
        assertThat(failed.status().lastScaleTime()).isNull();
        assertThat(failed.memory().scaleUpEvents()).isEmpty();
        assertThat(reasons(failed)).startsWith("FailedUpdateScale");
        assertThat(failed.error()).isEqualTo("failed to rescale Deployment/shop/web: no route to host");
        assertThatThrownBy(() -> failed.scaleFailed("again")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_status_is_written_only_when_something_changed() {
        HpaSyncInput input = sync(cpuSpec(1, 20, 50, null), 4, 500, HpaMemory.NONE, 0);
        HpaDecision first = HpaReconciler.decide(input);
        HpaDecision second = HpaReconciler.decide(withStatus(input, first.status()));

        assertThat(first.statusChanged()).isTrue();
        assertThat(second.statusChanged()).isFalse();
    }

    @Test
    void a_count_out_of_range_is_mended_without_a_look_at_metrics() {
        HpaSyncInput input = withMetrics(
                sync(cpuSpec(3, 6, 50, null), 9, 500, HpaMemory.NONE, 0), MetricsSnapshot.ofPods(List.of()));

        HpaDecision decision = HpaReconciler.decide(input);

        assertThat(events(decision))
                .containsExactly(
                        "Normal SuccessfulRescale New size: 6; reason: Current number of replicas above Spec.MaxReplicas");
        assertThat(reasons(decision)).containsExactly("SucceededRescale");
    }

    @Test
    void without_metrics_nothing_moves() {
        HpaSyncInput input = withMetrics(
                sync(cpuSpec(3, 6, 50, null), 4, 500, HpaMemory.NONE, 0), MetricsSnapshot.ofPods(List.of()));

        HpaDecision decision = HpaReconciler.decide(input);

        assertThat(decision.rescale()).isNull();
        assertThat(reasons(decision)).containsExactly("SucceededGetScale", "FailedGetResourceMetric");
        assertThat(decision.status().currentMetrics()).containsExactly(MetricStatus.UNKNOWN);
    }

    @Test
    void two_autoscalers_on_the_same_pods_both_step_back() {
        HpaSyncInput input = sync(cpuSpec(1, 20, 50, null), 4, 820, HpaMemory.NONE, 0);
        PodSelection shared = PodSelection.of(
                TestWorkload.SELECTOR, TestWorkload.servingPods(4), Map.of("shop/api", "app in (web, api)"));

        HpaDecision decision = HpaReconciler.decide(withScale(input, input.scale(), shared));

        assertThat(decision.rescale()).isNull();
        assertThat(events(decision))
                .first()
                .isEqualTo("Warning AmbiguousSelector pods by selector app=web are controlled by multiple HPAs: "
                        + "[shop/api shop/web]");
    }

    @Test
    void a_workload_somebody_switched_off_stays_off() {
        HpaDecision decision = HpaReconciler.decide(sync(cpuSpec(1, 20, 50, null), 0, 0, HpaMemory.NONE, 0));

        assertThat(decision.rescale()).isNull();
        assertThat(reasons(decision)).containsExactly("SucceededGetScale", "ScalingDisabled");
    }

    @Test
    void a_workload_the_autoscaler_took_to_zero_is_called_back_by_its_queue() {
        MetricIdentifier queue = new MetricIdentifier("queue", null);
        HpaSpec spec = TestWorkload.spec(0, 5, new ExternalMetric(queue, MetricTarget.averageValue(10_000)), null);
        HpaMemory knownForLong = new HpaMemory(List.of(), List.of(), List.of());

        HpaSyncInput idle =
                withMetrics(withOptions(sync(spec, 2, 0, knownForLong, 0), WITH_SCALE_TO_ZERO), queueOf(queue, 0));
        HpaDecision down = HpaReconciler.decide(idle);
        HpaSyncInput busy = withMetrics(
                withStatus(
                        withOptions(sync(spec, 0, 0, down.memory(), 15 * SECOND), WITH_SCALE_TO_ZERO), down.status()),
                queueOf(queue, 25_000));
        HpaDecision up = HpaReconciler.decide(busy);

        assertThat(down.rescale())
                .isNotNull()
                .extracting(HpaDecision.Rescale::to)
                .isEqualTo(0);
        assertThat(down.status().condition(HpaCondition.Type.SCALED_TO_ZERO))
                .extracting(HpaCondition::status)
                .isEqualTo(true);
        assertThat(up.rescale()).isNotNull().extracting(HpaDecision.Rescale::to).isEqualTo(3);
    }

    private static MetricsSnapshot queueOf(MetricIdentifier queue, long milli) {
        return new MetricsSnapshot(
                Reading.of(List.of()),
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableMap.of(queue, Reading.of(List.of(milli))));
    }
}
