package dev.wavetank.network;

/**
 * Whether and when a client tries again what failed.
 *
 * @param most attempts after the first
 * @param backOffNanos wait before the first of them; doubles with each
 * @param jitter how much of a wait is random, from 0 to 1
 * @param budget retries per request, above which none are made; {@link Double#POSITIVE_INFINITY} for no limit
 */
public record Retries(int most, long backOffNanos, double jitter, double budget) {

    /** A failed request stays failed. */
    public static final Retries NONE = new Retries(0, 0, 0, Double.POSITIVE_INFINITY);

    /** The longest wait. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    /**
     * The wait before a retry.
     *
     * @param retry which one, from 1
     * @param random a number from 0 to 1
     */
    long waitNanos(int retry, double random) {
        long doubled = Math.min(LONGEST_NANOS, backOffNanos << Math.min(retry - 1, 20));
        return (long) (doubled * (1 - jitter * random));
    }
}
