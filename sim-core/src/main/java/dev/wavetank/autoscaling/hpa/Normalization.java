package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * What history and limits make of a recommendation: first stabilization, then range and speed.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, normalizeDesiredReplicas and
 * normalizeDesiredReplicasWithBehaviors.
 *
 * @param stabilization the first step
 * @param limits the second, applied to what the first left
 */
public record Normalization(Stabilization stabilization, ReplicaLimits limits) {

    /**
     * Normalizes what the metrics ask for.
     *
     * @param recommended the count they ask for
     * @param memory what is remembered of the HPA
     * @param now the sync's instant in nanoseconds
     */
    public static Normalization of(
            int currentReplicas,
            int recommended,
            int minReplicas,
            int maxReplicas,
            @Nullable HpaBehavior behavior,
            HpaMemory memory,
            HpaOptions options,
            long now) {
        if (behavior == null) {
            Stabilization stable = Stabilization.withoutBehavior(
                    recommended, memory.recommendationsOrNone(), options.downscaleStabilizationNanos(), now);
            return new Normalization(
                    stable,
                    ReplicaLimits.withoutBehavior(currentReplicas, stable.replicas(), minReplicas, maxReplicas));
        }
        Stabilization stable = Stabilization.withBehavior(
                currentReplicas,
                recommended,
                memory.recommendationsOrNone(),
                behavior.scaleUp().windowNanos(options),
                behavior.scaleDown().windowNanos(options),
                now);
        return new Normalization(
                stable,
                ReplicaLimits.withBehavior(
                        currentReplicas, stable.replicas(), minReplicas, maxReplicas, behavior, memory, now));
    }

    /** The count that is left. */
    public int replicas() {
        return limits.replicas();
    }

    /** What was changed and by what, such as {@code limited to 6 by policy Pods 2 per 60 s}; empty if nothing was. */
    public String explain() {
        StringBuilder text = new StringBuilder();
        if (stabilization.heldUp()) {
            text.append("; held at ").append(stabilization.replicas()).append(" by recent recommendations");
        }
        if (limits.limited()) {
            text.append("; limited to ")
                    .append(limits.replicas())
                    .append(" by ")
                    .append(bound());
        }
        return text.length() == 0 ? "" : text.substring(2);
    }

    private String bound() {
        ScalingPolicy policy = limits.policy();
        return switch (limits.reason()) {
            case TOO_FEW_REPLICAS -> "minReplicas";
            case TOO_MANY_REPLICAS -> "maxReplicas";
            case SCALE_UP_LIMIT -> policy == null ? "the rate of doubling, at least 4, per sync" : "policy " + policy;
            case SCALE_DOWN_LIMIT -> policy == null ? "scaling down being disabled" : "policy " + policy;
            case DESIRED_WITHIN_RANGE -> "nothing";
        };
    }
}
