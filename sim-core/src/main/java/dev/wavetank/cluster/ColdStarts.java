package dev.wavetank.cluster;

import dev.wavetank.model.Times;

/** How often a request found nobody, and how long the first of each such time waited. */
public final class ColdStarts {

    private int count;
    private long began = Times.NONE;
    private long lastNanos;
    private long longestNanos;

    /** A request begins to wait where none did before. */
    void begin(long now) {
        if (!Times.isSet(began)) {
            began = now;
            count++;
        }
    }

    /** Requests go on; returns how long the first has waited, or -1 if none began to. */
    long end(long now) {
        if (!Times.isSet(began)) {
            return -1;
        }
        lastNanos = now - began;
        longestNanos = Math.max(longestNanos, lastNanos);
        began = Times.NONE;
        return lastNanos;
    }

    public int count() {
        return count;
    }

    /** How long the first request of the last cold start waited, in nanoseconds; 0 before there was one. */
    public long lastNanos() {
        return lastNanos;
    }

    /** The longest such wait, in nanoseconds. */
    public long longestNanos() {
        return longestNanos;
    }
}
