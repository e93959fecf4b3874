package dev.wavetank.node;

import dev.wavetank.model.Times;

/**
 * When a probe worker ticks: at {@code start + k·period}, and at once when triggered, which re-bases the grid. Ticks and
 * triggers that come while the worker is busy are remembered once, so a slow probe is followed by one tick, not by many.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/prober/worker.go, run, with the one-slot channels of Go's time.Ticker and of
 * manualTriggerCh.
 */
final class ProbeTicker {

    private final long periodNanos;
    private long nextOnGrid;
    private long triggeredAt = Times.NONE;

    /** A ticker whose first tick is at {@code start}, in nanoseconds. */
    ProbeTicker(long start, int periodSeconds) {
        periodNanos = periodSeconds * Times.SECOND;
        nextOnGrid = start;
    }

    /** When the worker ticks next if it has nothing else to do; in the past if the tick is overdue. */
    long nextTickAt() {
        return Times.isSet(triggeredAt) ? Math.min(triggeredAt, nextOnGrid) : nextOnGrid;
    }

    /** Asks for a tick right away; one request is remembered, more are not. */
    void trigger(long now) {
        if (!Times.isSet(triggeredAt)) {
            triggeredAt = now;
        }
    }

    /**
     * Takes the tick that is due. If one of the grid and a trigger wait together the trigger is taken and the other falls
     * away; Go's select would toss a coin.
     */
    void take(long now) {
        if (Times.isSet(triggeredAt)) {
            triggeredAt = Times.NONE;
            nextOnGrid = now + periodNanos;
        } else {
            nextOnGrid += ((now - nextOnGrid) / periodNanos + 1) * periodNanos;
        }
    }
}
