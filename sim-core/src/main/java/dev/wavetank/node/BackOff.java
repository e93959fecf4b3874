package dev.wavetank.node;

import dev.wavetank.model.Times;

/**
 * A delay that doubles with every failure and is forgotten after a while.
 *
 * <p>Source: kubernetes 1.36 client-go util/flowcontrol/backoff.go.
 *
 * @param delayNanos the delay now armed; 0 if nothing failed lately
 * @param lastUpdate when it was armed; {@link Times#NONE} if nothing failed lately
 */
record BackOff(long delayNanos, long lastUpdate) {

    static final BackOff NONE = new BackOff(0, Times.NONE);

    /** How long a delay is remembered, in nanoseconds. */
    static final long REMEMBERED = 600 * Times.SECOND;

    /** How often the kubelet drops what is older, in nanoseconds. */
    private static final long CLEAN_UP = 2 * Times.SECOND;

    /** This delay as it stands at {@code now}: forgotten if a clean-up since has found it too old. */
    BackOff at(long now) {
        long lastCleanUp = Math.floorDiv(now, CLEAN_UP) * CLEAN_UP;
        return isSet() && lastCleanUp - lastUpdate > REMEMBERED ? NONE : this;
    }

    boolean isSet() {
        return Times.isSet(lastUpdate);
    }

    /** True if what happened at {@code time} came too long after the last failure to have to do with it. */
    boolean isOutlivedBy(long time) {
        return !isSet() || time - lastUpdate > REMEMBERED;
    }

    /** The delay after one more failure: doubled, or the first one if {@code afresh}. */
    BackOff next(long now, boolean afresh, long initialNanos, long maxNanos) {
        return new BackOff(afresh ? initialNanos : Math.min(2 * delayNanos, maxNanos), now);
    }
}
