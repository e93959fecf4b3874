package dev.wavetank.node;

import dev.wavetank.model.Times;

/**
 * When a kubelet looks at all its containers: every second after the look before has ended. Computed, not ticked, so that a
 * node on which nothing happens costs nothing.
 *
 * <p>Differs from Kubernetes: all looks of one node take equally long, drawn once; in a real one each differs by
 * milliseconds.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/pleg/generic.go.
 */
final class RelistClock {

    private final long phase;
    private final long period;

    /**
     * A clock that has always been running.
     *
     * @param phase the instant of one look, from 0 to one second
     * @param lookNanos how long a look takes
     */
    RelistClock(long phase, long lookNanos) {
        this.phase = phase;
        this.period = Times.SECOND + lookNanos;
    }

    /** The first look strictly after {@code instant}. */
    long firstAfter(long instant) {
        return lastUpTo(instant) + period;
    }

    /** The last look at or before {@code instant}. */
    long lastUpTo(long instant) {
        return phase + Math.floorDiv(instant - phase, period) * period;
    }
}
