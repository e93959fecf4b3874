package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sync of a HorizontalPodAutoscaler, decided from start to end: read the scale, ask the metrics, hold the answer against history and
 * limits, and say what to write.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler.
 */
public final class HpaReconciler {

    private final HpaSyncInput in;
    private final HpaSpec spec;
    private final Conditions conditions;
    private final List<HpaEvent> events = new ArrayList<>();
    private HpaMemory memory;

    private HpaReconciler(HpaSyncInput in) {
        this.in = in;
        this.spec = in.spec();
        this.conditions = new Conditions(in.status().conditions(), in.now());
        this.memory = in.memory();
    }

    /** Decides a sync. */
    public static HpaDecision decide(HpaSyncInput input) {
        return new HpaReconciler(input).decide();
    }

    private HpaDecision decide() {
        String apiVersion = spec.scaleTargetRef().apiVersion();
        if (!spec.scaleTargetRef().hasReadableApiVersion()) {
            String error = "unexpected GroupVersion string: " + apiVersion;
            return withoutScale(error, "invalid API version in scale target reference: " + error);
        }
        HpaScale scale = in.scale().value();
        if (scale == null) {
            String error = String.valueOf(in.scale().error());
            return withoutScale(
                    error, "failed to query scale subresource for " + spec.targetReference() + ": " + error);
        }
        conditions.set(
                HpaCondition.Type.ABLE_TO_SCALE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        int current = scale.specReplicas();
        memory = memory.withInitialRecommendation(current, in.now());
        boolean scaledToZero = isScaledToZero();
        int min = spec.effectiveMinReplicas();
        if (current == 0 && !(scaledToZero && (min != 0 || spec.hasMetricWithoutPods()))) {
            return disabled();
        }
        if (current > spec.maxReplicas()) {
            return outOfRange(current, spec.maxReplicas(), "Current number of replicas above Spec.MaxReplicas");
        }
        if (current != 0 && current < min) {
            return outOfRange(current, min, "Current number of replicas below Spec.MinReplicas");
        }
        return byMetrics(scale, min);
    }

    private HpaDecision withoutScale(String error, String logged) {
        warn("FailedGetScale", error);
        conditions.set(
                HpaCondition.Type.ABLE_TO_SCALE,
                false,
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + error);
        HpaStatus before = in.status();
        HpaStatus status = new HpaStatus(
                before.currentReplicas(),
                before.desiredReplicas(),
                before.lastScaleTime(),
                conditions.list(),
                before.currentMetrics());
        return new HpaDecision(
                in, null, outcome(status, logged), null, "the target's scale could not be read: " + error);
    }

    /** A workload at zero is brought back only if it was the HPA that took it there; otherwise somebody has switched it off. */
    private boolean isScaledToZero() {
        if (!in.options().scaleToZero()) {
            conditions.remove(HpaCondition.Type.SCALED_TO_ZERO);
            return false;
        }
        HpaCondition condition = in.status().condition(HpaCondition.Type.SCALED_TO_ZERO);
        return condition != null && condition.status();
    }

    private HpaDecision disabled() {
        conditions.set(
                HpaCondition.Type.SCALING_ACTIVE,
                false,
                "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero");
        return new HpaDecision(
                in,
                null,
                outcome(status(0, 0, List.of()), null),
                null,
                "scaling is disabled: the target has 0 replicas, and it was not the autoscaler that scaled it there");
    }

    /** Somebody else's count outside the range is mended at once, without a look at metrics, history or rates. */
    private HpaDecision outOfRange(int current, int desired, String reason) {
        String bound = desired < current ? "maxReplicas" : "minReplicas";
        return rescale(
                new HpaDecision.Rescale(current, desired, reason),
                List.of(),
                null,
                current + " replicas found: set to " + bound + " " + desired);
    }

    private HpaDecision byMetrics(HpaScale scale, int min) {
        int current = scale.specReplicas();
        MetricRound round = MetricRound.of(in, scale, conditions, events);
        MetricProposal best = round.best();
        if (best == null) {
            String failure = String.valueOf(round.failure());
            warn("FailedComputeMetricsReplicas", failure);
            String logged = "failed to compute desired number of replicas based on listed metrics for "
                    + spec.targetReference() + ": " + failure;
            HpaStatus status = status(current, in.status().desiredReplicas(), round.statuses());
            return new HpaDecision(in, null, outcome(status, logged), null, current + " replicas stay: " + failure);
        }
        int proposed = best.proposal().replicas();
        Normalization normal = Normalization.of(
                current, proposed, min, spec.maxReplicas(), spec.behavior(), memory, in.options(), in.now());
        memory = memory.withRecommendations(normal.stabilization().recommendations());
        report(normal);
        int desired = current == 0 ? Math.max(normal.replicas(), min) : normal.replicas();
        String normalized = normal.explain();
        String explanation =
                best.metricName() + ": " + best.proposal().explain() + (normalized.isEmpty() ? "" : "; " + normalized);
        if (desired == current) {
            HpaStatus status = status(current, current, round.statuses());
            return new HpaDecision(in, null, outcome(status, round.failure()), null, explanation);
        }
        // The reason speaks of the metrics' proposal; a change that only older recommendations call for has none.
        String reason = proposed > current
                ? best.metricName() + " above target"
                : proposed < current ? "All metrics below target" : "";
        return rescale(
                new HpaDecision.Rescale(current, desired, reason), round.statuses(), round.failure(), explanation);
    }

    private void report(Normalization normal) {
        if (!normal.stabilization().heldUp()) {
            conditions.set(
                    HpaCondition.Type.ABLE_TO_SCALE, true, "ReadyForNewScale", "recommended size matches current size");
        } else {
            StabilizationReason reason = normal.stabilization().reason();
            conditions.set(HpaCondition.Type.ABLE_TO_SCALE, true, reason.text(), reason.message());
        }
        ReplicaLimits limits = normal.limits();
        conditions.set(
                HpaCondition.Type.SCALING_LIMITED,
                limits.limited(),
                limits.reason().text(),
                limits.reason().message());
    }

    private HpaDecision rescale(
            HpaDecision.Rescale rescale, List<MetricStatus> metrics, @Nullable String error, String explanation) {
        HpaStatus unscaled = status(rescale.from(), in.status().desiredReplicas(), metrics);
        HpaDecision.Outcome ifFailed = outcome(unscaled, null);
        conditions.set(
                HpaCondition.Type.ABLE_TO_SCALE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + rescale.to());
        events.add(new HpaEvent(
                HpaEvent.Type.NORMAL,
                "SuccessfulRescale",
                "New size: " + rescale.to() + "; reason: " + rescale.reason()));
        memory = ScaleEvents.remember(memory, spec.behavior(), rescale.from(), rescale.to(), in.now());
        if (in.options().scaleToZero()) {
            recordZero(rescale);
        }
        HpaStatus scaled = new HpaStatus(rescale.from(), rescale.to(), in.now(), conditions.list(), metrics);
        return new HpaDecision(in, rescale, outcome(scaled, error), ifFailed, explanation);
    }

    private void recordZero(HpaDecision.Rescale rescale) {
        boolean toZero = rescale.to() == 0 && spec.effectiveMinReplicas() == 0 && spec.hasMetricWithoutPods();
        conditions.set(
                HpaCondition.Type.SCALED_TO_ZERO,
                toZero,
                toZero ? "ScaledToZero" : "NotScaledToZero",
                toZero
                        ? "the HPA controller scaled the workload to zero"
                        : "the HPA controller did not scale the workload to zero");
    }

    private HpaStatus status(int current, int desired, List<MetricStatus> metrics) {
        return new HpaStatus(current, desired, in.status().lastScaleTime(), conditions.list(), metrics);
    }

    private HpaDecision.Outcome outcome(HpaStatus status, @Nullable String error) {
        return new HpaDecision.Outcome(status, List.copyOf(events), memory, error);
    }

    private void warn(String reason, String message) {
        events.add(new HpaEvent(HpaEvent.Type.WARNING, reason, message));
    }
}
