package dev.wavetank.autoscaling.hpa;

/** What the AbleToScale condition says of a recommendation that history held up. */
public enum StabilizationReason {
    SCALE_UP_STABILIZED(
            "ScaleUpStabilized",
            "recent recommendations were lower than current one, applying the lowest recent recommendation"),
    SCALE_DOWN_STABILIZED(
            "ScaleDownStabilized",
            "recent recommendations were higher than current one, applying the highest recent recommendation");

    private final String text;
    private final String message;

    StabilizationReason(String text, String message) {
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
