package dev.wavetank.autoscaling.hpa;

/**
 * An Event about an HPA; the source is {@code horizontal-pod-autoscaler}.
 *
 * @param type Normal or Warning
 * @param reason one word
 * @param message the text
 */
public record HpaEvent(Type type, String reason, String message) {

    /** Types of events. */
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As the API writes it. */
        public String text() {
            return text;
        }
    }

    /** Type, reason and message in one line. */
    @Override
    public String toString() {
        return type.text() + " " + reason + " " + message;
    }
}
