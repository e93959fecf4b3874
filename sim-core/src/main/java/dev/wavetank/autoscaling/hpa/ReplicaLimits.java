package dev.wavetank.autoscaling.hpa;

import dev.wavetank.autoscaling.hpa.HpaMemory.ScaleEvent;
import dev.wavetank.autoscaling.hpa.ScalingRules.SelectPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What range and speed leave of the count that is wanted.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, convertDesiredReplicasWithRules and
 * convertDesiredReplicasWithBehaviorRate.
 *
 * @param wanted the stabilized count
 * @param replicas what is left of it
 * @param reason which bound was met
 * @param policy the policy that set the bound, if it was one
 */
public record ReplicaLimits(
        int wanted, int replicas, Reason reason, @Nullable ScalingPolicy policy) {

    /** Which bound was met; the texts are those of the ScalingLimited condition. */
    public enum Reason {
        DESIRED_WITHIN_RANGE("DesiredWithinRange", "the desired count is within the acceptable range"),
        TOO_FEW_REPLICAS("TooFewReplicas", "the desired replica count is less than the minimum replica count"),
        TOO_MANY_REPLICAS("TooManyReplicas", "the desired replica count is more than the maximum replica count"),
        SCALE_UP_LIMIT("ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate"),
        SCALE_DOWN_LIMIT(
                "ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate");

        private final String text;
        private final String message;

        Reason(String text, String message) {
            this.text = text;
            this.message = message;
        }

        /** The condition's reason. */
        public String text() {
            return text;
        }

        /** The condition's message. */
        public String message() {
            return message;
        }
    }

    /** True if a bound changed the count. */
    public boolean limited() {
        return replicas != wanted;
    }

    /** Without {@code behavior}: up to twice the present count, but 4 at least, at each sync; down at any speed. */
    public static ReplicaLimits withoutBehavior(int currentReplicas, int wanted, int minReplicas, int maxReplicas) {
        int top = Math.min(maxReplicas, scaleUpLimit(currentReplicas));
        if (wanted < minReplicas) {
            return new ReplicaLimits(wanted, minReplicas, Reason.TOO_FEW_REPLICAS, null);
        }
        if (wanted > top) {
            return new ReplicaLimits(
                    wanted, top, top < maxReplicas ? Reason.SCALE_UP_LIMIT : Reason.TOO_MANY_REPLICAS, null);
        }
        return within(wanted);
    }

    /** Highest count one sync may go to without {@code behavior}. */
    public static int scaleUpLimit(int currentReplicas) {
        return (int) Math.max(2.0 * currentReplicas, 4.0);
    }

    /**
     * With {@code behavior}: as far as the policies of the direction allow, given what was added and taken away already.
     *
     * @param memory holds the events the policies look back at
     * @param now the sync's instant in nanoseconds
     */
    public static ReplicaLimits withBehavior(
            int currentReplicas,
            int wanted,
            int minReplicas,
            int maxReplicas,
            HpaBehavior behavior,
            HpaMemory memory,
            long now) {
        if (wanted > currentReplicas) {
            RateLimit rate = scaleUpLimit(
                    currentReplicas, behavior.scaleUp(), memory.scaleUpEvents(), memory.scaleDownEvents(), now);
            int fastest = Math.max(currentReplicas, rate.replicas());
            if (wanted > Math.min(maxReplicas, fastest)) {
                return fastest < maxReplicas
                        ? new ReplicaLimits(wanted, fastest, Reason.SCALE_UP_LIMIT, rate.policy())
                        : new ReplicaLimits(wanted, maxReplicas, Reason.TOO_MANY_REPLICAS, null);
            }
        } else if (wanted < currentReplicas) {
            RateLimit rate = scaleDownLimit(
                    currentReplicas, behavior.scaleDown(), memory.scaleUpEvents(), memory.scaleDownEvents(), now);
            int fastest = Math.min(currentReplicas, rate.replicas());
            if (wanted < Math.max(minReplicas, fastest)) {
                return fastest > minReplicas
                        ? new ReplicaLimits(wanted, fastest, Reason.SCALE_DOWN_LIMIT, rate.policy())
                        : new ReplicaLimits(wanted, minReplicas, Reason.TOO_FEW_REPLICAS, null);
            }
        }
        return within(wanted);
    }

    private static ReplicaLimits within(int wanted) {
        return new ReplicaLimits(wanted, wanted, Reason.DESIRED_WITHIN_RANGE, null);
    }

    /**
     * How far one direction may go.
     *
     * @param replicas the furthest count
     * @param policy the policy that says so; null if the direction is disabled
     */
    public record RateLimit(int replicas, @Nullable ScalingPolicy policy) {}

    /**
     * Highest count the policies allow. Each starts from the count its period began with, so growth and shrinkage of the period offset one
     * another, and a flapping workload may move further at once than a policy says.
     *
     * @param now the sync's instant in nanoseconds
     */
    public static RateLimit scaleUpLimit(
            int currentReplicas, ScalingRules rules, List<ScaleEvent> ups, List<ScaleEvent> downs, long now) {
        RateLimit limit = new RateLimit(currentReplicas, null);
        if (rules.selectPolicy() == SelectPolicy.DISABLED) {
            return limit;
        }
        boolean furthest = rules.selectPolicy() == SelectPolicy.MAX;
        for (ScalingPolicy policy : rules.policies()) {
            int start = periodStart(currentReplicas, policy, ups, downs, now);
            int allowed = switch (policy.type()) {
                case PODS -> start + policy.value();
                case PERCENT -> (int) Math.ceil(start * (1 + policy.value() / 100.0));
            };
            if (limit.policy() == null || (furthest ? allowed > limit.replicas() : allowed < limit.replicas())) {
                limit = new RateLimit(allowed, policy);
            }
        }
        return limit;
    }

    /**
     * Lowest count the policies allow, which may be below 0; otherwise as for growing.
     *
     * @param now the sync's instant in nanoseconds
     */
    public static RateLimit scaleDownLimit(
            int currentReplicas, ScalingRules rules, List<ScaleEvent> ups, List<ScaleEvent> downs, long now) {
        RateLimit limit = new RateLimit(currentReplicas, null);
        if (rules.selectPolicy() == SelectPolicy.DISABLED) {
            return limit;
        }
        boolean furthest = rules.selectPolicy() == SelectPolicy.MAX;
        for (ScalingPolicy policy : rules.policies()) {
            int start = periodStart(currentReplicas, policy, ups, downs, now);
            int allowed = switch (policy.type()) {
                case PODS -> start - policy.value();
                case PERCENT -> (int) (start * (1 - policy.value() / 100.0));
            };
            if (limit.policy() == null || (furthest ? allowed < limit.replicas() : allowed > limit.replicas())) {
                limit = new RateLimit(allowed, policy);
            }
        }
        return limit;
    }

    private static int periodStart(
            int currentReplicas, ScalingPolicy policy, List<ScaleEvent> ups, List<ScaleEvent> downs, long now) {
        return currentReplicas
                - ScaleEvents.changeWithin(policy.periodSeconds(), ups, now)
                + ScaleEvents.changeWithin(policy.periodSeconds(), downs, now);
    }
}
