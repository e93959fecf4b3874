package dev.wavetank.controllers.scheduling;

import dev.wavetank.model.Times;

/**
 * How long a pod that could not be placed waits before it is tried again, once something has changed that may help it.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/backend/queue/backoff_queue.go.
 */
public final class SchedulingBackOff {

    /** A pod nothing has helped is tried again after this long all the same, in nanoseconds. */
    public static final long LEFT_ALONE_AT_MOST = 300 * Times.SECOND;

    private static final long INITIAL = Times.SECOND;
    private static final long MAX = 10 * Times.SECOND;

    private SchedulingBackOff() {}

    /**
     * When the wait is over: 1, 2, 4, 8, 10 s after the attempt, cut to the whole second.
     *
     * @param attemptedAt nanoseconds
     * @param failures attempts that failed so far, ≥ 1
     */
    public static long endsAt(long attemptedAt, int failures) {
        long wait = failures > 4 ? MAX : Math.min(INITIAL << (failures - 1), MAX);
        return Times.stored(attemptedAt + wait);
    }
}
