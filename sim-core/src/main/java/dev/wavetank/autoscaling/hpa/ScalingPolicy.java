package dev.wavetank.autoscaling.hpa;

/**
 * One bound on how much the replica count may change in a stretch of time.
 *
 * @param type whether {@code value} counts pods or per cent of the pods at the stretch's start
 * @param value the largest change; more than 0
 * @param periodSeconds length of the stretch, 1 to 1800
 */
public record ScalingPolicy(Type type, int value, int periodSeconds) {

    /** Unit of a policy's value. */
    public enum Type {
        PODS,
        PERCENT
    }

    @Override
    public String toString() {
        return switch (type) {
            case PODS -> "Pods " + value + " per " + periodSeconds + " s";
            case PERCENT -> "Percent " + value + " per " + periodSeconds + " s";
        };
    }
}
