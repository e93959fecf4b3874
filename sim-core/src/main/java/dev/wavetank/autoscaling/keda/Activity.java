package dev.wavetank.autoscaling.keda;

import java.util.List;

/**
 * Whether a ScaledObject is active, from what its triggers say at one poll.
 *
 * <p>Source: keda pkg/scaling/scale_handler.go.
 *
 * @param active true if the target should run
 * @param failing true if any trigger could not be read
 */
public record Activity(boolean active, boolean failing) {

    /** What one trigger says. */
    public enum Trigger {
        /** Its metric is above its activation threshold, or its fallback is in force. */
        ACTIVE,
        /** Its metric is at or below its activation threshold. */
        INACTIVE,
        /** It could not be read. */
        FAILED,
        /** A cpu or memory trigger: read by the HPA, with nothing to say about activation. */
        RESOURCE
    }

    /** One trigger's part: a metric strictly above the activation threshold is active. */
    public static Trigger trigger(double value, double activationThreshold) {
        return value > activationThreshold ? Trigger.ACTIVE : Trigger.INACTIVE;
    }

    /**
     * Active if any trigger is, or if all are cpu or memory triggers, which alone can never bring a target back from zero.
     *
     * @param triggers in any order, at least one
     */
    public static Activity of(List<Trigger> triggers) {
        boolean resourcesOnly = triggers.stream().allMatch(trigger -> trigger == Trigger.RESOURCE);
        return new Activity(resourcesOnly || triggers.contains(Trigger.ACTIVE), triggers.contains(Trigger.FAILED));
    }
}
