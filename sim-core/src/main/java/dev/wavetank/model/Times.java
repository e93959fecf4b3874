package dev.wavetank.model;

/**
 * Instants of the simulated wall clock, in nanoseconds since the simulation's first moment.
 *
 * <p>The API stores times with whole-second resolution, cut off and not rounded; controllers read the clock in full. Much
 * of what a real cluster does at the edges of a second comes from that, so stored instants go through {@link #stored}.
 *
 * <p>Source: kubernetes 1.36 apimachinery metav1.Time, which marshals as RFC 3339 without fractions.
 */
public final class Times {

    /** Stands for a timestamp that is not set. */
    public static final long NONE = Long.MIN_VALUE;

    public static final long SECOND = 1_000_000_000L;
    public static final long MILLISECOND = 1_000_000L;

    private Times() {}

    /** The instant as the API stores it: cut to the whole second; {@link #NONE} stays {@code NONE}. */
    public static long stored(long nanos) {
        return nanos == NONE ? NONE : Math.floorDiv(nanos, SECOND) * SECOND;
    }

    public static boolean isSet(long nanos) {
        return nanos != NONE;
    }
}
