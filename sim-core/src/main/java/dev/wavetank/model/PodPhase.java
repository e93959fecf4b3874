package dev.wavetank.model;

/** Where a pod is in its life; {@code SUCCEEDED} and {@code FAILED} are final. */
public enum PodPhase {
    PENDING("Pending"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    UNKNOWN("Unknown");

    private final String text;

    PodPhase(String text) {
        this.text = text;
    }

    /** The phase as the API writes it. */
    public String text() {
        return text;
    }

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED;
    }
}
