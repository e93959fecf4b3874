package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * The replicas one metric asks for, before the other metrics, history and bounds have their say.
 *
 * @param replicas the count asked for
 * @param rule how it came about
 * @param pods pods the ratio was multiplied with, or the replicas usage was shared among
 * @param usageRatio usage by target; where pods were filled in, the ratio after that
 * @param usage what was measured, before any pods were filled in
 * @param utilization per cent of the requests, for targets of that kind
 * @param reportedMilli the amount that goes to the HPA's status, in thousandths
 */
public record ReplicaProposal(
        int replicas,
        Rule rule,
        int pods,
        double usageRatio,
        Usage usage,
        @Nullable Integer utilization,
        long reportedMilli) {

    /** How a proposal came about. */
    public enum Rule {
        /** Usage is near enough to its target: the count stays. */
        WITHIN_TOLERANCE,
        /** Ratio times pods, rounded up. */
        USAGE_RATIO,
        /** Ratio times pods, after unready pods or pods without a metric were filled in. */
        FILLED_IN,
        /** Filling in pods brought usage near its target, or past it: the count stays. */
        FILLED_IN_STAYS,
        /** The filled-in count would move against the metric, because replicas and pods differ: the count stays. */
        AGAINST_THE_METRIC,
        /** There are no replicas to multiply with: the ratio itself, rounded up. */
        FROM_ZERO,
        /** Total by target per pod, rounded up. */
        SHARED_OUT
    }

    /** The arithmetic, such as {@code 4 pods at 82 % of 50 % target: ceil(4 × 1.64) = 7}. */
    public String explain() {
        String measured = pods + (pods == 1 ? " pod " : " pods ") + usage + ": ";
        String ratio = MetricQuantity.ratioText(usageRatio);
        return switch (rule) {
            case WITHIN_TOLERANCE -> measured + "ratio " + ratio + " is within tolerance, stays " + replicas;
            case USAGE_RATIO -> measured + "ceil(" + pods + " × " + ratio + ") = " + replicas;
            case FILLED_IN ->
                measured + "with unready and missing pods filled in, ceil(" + pods + " × " + ratio + ") = " + replicas;
            case FILLED_IN_STAYS ->
                measured + "with unready and missing pods filled in, ratio " + ratio + " calls for no change, stays "
                        + replicas;
            case AGAINST_THE_METRIC ->
                measured + "ceil(" + pods + " × " + ratio + ") would go against the metric, stays " + replicas;
            case FROM_ZERO -> "no pods " + usage + ": ceil(" + ratio + ") = " + replicas;
            case SHARED_OUT -> measured + "shared out at the target, rounded up, = " + replicas;
        };
    }
}
