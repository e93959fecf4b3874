package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of an HPA asked in turn, and what they come to: the largest proposal, unless failing metrics make shrinking a risk.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, computeReplicasForMetrics and validateAndParseSelector.
 *
 * @param best the proposal that counts; null if the sync must stop here
 * @param statuses entries for the HPA's status, blank where a metric failed
 * @param failure what went wrong, even if a proposal counts nevertheless
 */
record MetricRound(
        @Nullable MetricProposal best,
        List<MetricStatus> statuses,
        @Nullable String failure) {

    /** Asks; sets the ScalingActive condition and adds an event for whatever fails. */
    static MetricRound of(HpaSyncInput in, HpaScale scale, Conditions conditions, List<HpaEvent> events) {
        MetricRound badSelector = checkSelector(in, scale, conditions, events);
        if (badSelector != null) {
            return badSelector;
        }
        List<MetricSpec> metrics = in.spec().metrics();
        MetricSpec.Context context = new MetricSpec.Context(
                in.spec().namespace(),
                scale.specReplicas(),
                scale.statusReplicas(),
                in.selection().pods(),
                in.metrics(),
                Tolerances.of(in.spec().behavior(), in.options()),
                in.options(),
                in.now());
        List<MetricStatus> statuses = new ArrayList<>();
        MetricProposal best = null;
        MetricSpec firstFailed = null;
        String firstFailure = "";
        int failures = 0;
        for (MetricSpec metric : metrics) {
            try {
                MetricProposal proposal = metric.propose(context);
                statuses.add(proposal.status());
                best = better(best, proposal);
            } catch (MetricException e) {
                statuses.add(MetricStatus.UNKNOWN);
                events.add(new HpaEvent(HpaEvent.Type.WARNING, metric.failureReason(), e.text()));
                if (firstFailed == null) {
                    firstFailed = metric;
                    firstFailure = e.text();
                }
                failures++;
            }
        }
        String failure = firstFailed == null
                ? null
                : "invalid metrics (" + failures + " invalid out of " + metrics.size() + "), first error is: "
                        + firstFailed.failureText(firstFailure);
        boolean wouldShrinkHalfBlind =
                failures > 0 && best != null && best.proposal().replicas() < scale.specReplicas();
        if (firstFailed != null && (best == null || wouldShrinkHalfBlind)) {
            conditions.set(
                    HpaCondition.Type.SCALING_ACTIVE,
                    false,
                    firstFailed.failureReason(),
                    "the HPA was unable to compute the replica count: " + firstFailure);
            return new MetricRound(null, statuses, failure);
        }
        if (best == null) {
            return new MetricRound(null, statuses, "invalid metrics (0 invalid out of 0)");
        }
        conditions.set(
                HpaCondition.Type.SCALING_ACTIVE,
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + best.metricName());
        return new MetricRound(best, statuses, failure);
    }

    /** The first of the largest; a proposal of 0 gives way to any that follows. */
    private static MetricProposal better(@Nullable MetricProposal best, MetricProposal next) {
        return best == null
                        || best.proposal().replicas() == 0
                        || next.proposal().replicas() > best.proposal().replicas()
                ? next
                : best;
    }

    /** Without a selector of its own no metric of pods means anything; if another HPA's reaches the same pods, both step back. */
    private static @Nullable MetricRound checkSelector(
            HpaSyncInput in, HpaScale scale, Conditions conditions, List<HpaEvent> events) {
        PodSelection selection = in.selection();
        if (scale.selector().isEmpty()) {
            return badSelector(
                    "SelectorRequired",
                    "selector is required",
                    "InvalidSelector",
                    "the HPA target's scale is missing a selector",
                    conditions,
                    events);
        }
        if (selection.error() != null) {
            String error =
                    "couldn't convert selector into a corresponding internal selector object: " + selection.error();
            return badSelector("InvalidSelector", error, "InvalidSelector", error, conditions, events);
        }
        if (!selection.otherHpas().isEmpty()) {
            List<String> all = Conditions.plus(selection.otherHpas(), in.spec().key());
            String error = "pods by selector " + scale.selector() + " are controlled by multiple HPAs: ["
                    + String.join(" ", all.stream().sorted().toList()) + "]";
            return badSelector("AmbiguousSelector", error, "AmbiguousSelector", error, conditions, events);
        }
        return null;
    }

    private static MetricRound badSelector(
            String eventReason,
            String error,
            String conditionReason,
            String message,
            Conditions conditions,
            List<HpaEvent> events) {
        events.add(new HpaEvent(HpaEvent.Type.WARNING, eventReason, error));
        conditions.set(HpaCondition.Type.SCALING_ACTIVE, false, conditionReason, message);
        return new MetricRound(null, List.of(), error);
    }
}
