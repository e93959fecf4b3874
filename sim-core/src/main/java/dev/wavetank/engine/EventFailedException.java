package dev.wavetank.engine;

/** An event threw an exception, which is the cause; the message adds the simulated time at which it did. */
public final class EventFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The instant of the failed event, in nanoseconds. */
    private final long timeNanos;

    EventFailedException(long timeNanos, RuntimeException cause) {
        super("event at " + Durations.format(timeNanos) + " (" + timeNanos + " ns) failed: " + cause, cause);
        this.timeNanos = timeNanos;
    }

    /** Returns the instant of the failed event, in nanoseconds. */
    public long timeNanos() {
        return timeNanos;
    }
}
