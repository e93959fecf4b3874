package dev.wavetank.engine;

/** Events kept scheduling events at one and the same instant, so that simulated time could not move on. */
public final class LivelockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The instant at which time stood still, in nanoseconds. */
    private final long timeNanos;

    LivelockException(long timeNanos, long events) {
        super("simulated time stands still at " + Durations.format(timeNanos) + " (" + timeNanos + " ns): more than "
                + events + " events fired at this instant; something reschedules itself with no delay");
        this.timeNanos = timeNanos;
    }

    /** Returns the instant at which time stood still, in nanoseconds. */
    public long timeNanos() {
        return timeNanos;
    }
}
