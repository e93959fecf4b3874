package dev.wavetank.autoscaling.hpa;

/** A metric that yields no proposal this sync; the message is the one Kubernetes gives. Carries no stack trace: it is an answer, not a bug. */
public final class MetricException extends Exception {

    private static final long serialVersionUID = 1L;

    public MetricException(String message) {
        super(message, null, false, false);
    }

    /** The same failure, seen one level up. */
    MetricException within(String prefix) {
        return new MetricException(prefix + text());
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
