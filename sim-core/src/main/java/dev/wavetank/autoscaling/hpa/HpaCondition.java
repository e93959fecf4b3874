package dev.wavetank.autoscaling.hpa;

/**
 * A condition in an HPA's status.
 *
 * @param type what it is about
 * @param status whether it holds
 * @param reason one word
 * @param message a sentence
 * @param lastTransitionTime when the status last changed, in nanoseconds; a new reason alone does not count
 */
public record HpaCondition(Type type, boolean status, String reason, String message, long lastTransitionTime) {

    /** What the conditions of an HPA are about. */
    public enum Type {
        /** Whether the scale can be read and written, and whether history holds it back. */
        ABLE_TO_SCALE("AbleToScale"),
        /** Whether metrics give a count. */
        SCALING_ACTIVE("ScalingActive"),
        /** Whether a bound cuts the count. */
        SCALING_LIMITED("ScalingLimited"),
        /** Whether the HPA itself took the workload to zero, so that it may bring it back. */
        SCALED_TO_ZERO("ScaledToZero");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As the API writes it. */
        public String text() {
            return text;
        }
    }
}
