package dev.wavetank.live.compare;

/**
 * What is too little to matter. A difference of something drawn counts if it is both unlikely to be chance and large enough
 * for somebody to care: with thousands of requests every millisecond is significant.
 *
 * @param alpha a p-value below this is no chance; between 0 and 1
 * @param ratio durations within this factor of one another are the same in practice; at least 1
 * @param millis and so are durations no further apart than this
 */
public record Tolerance(double alpha, double ratio, double millis) {

    /**
     * One in a hundred, a factor of two, a quarter of a second: what repetitions of one scenario on one real, busy cluster keep
     * among themselves.
     */
    public static final Tolerance STANDARD = new Tolerance(0.01, 2, 250);

    /** One run tells nothing of how far runs of one cluster lie apart; recordings of one busy cluster did so by up to this factor. */
    private static final double WIDENED_FOR_ONE_RUN = 1.5;

    /** Refuses what makes no sense. */
    public Tolerance {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha lies between 0 and 1, not at " + alpha);
        }
        if (!(ratio >= 1)) {
            throw new IllegalArgumentException("a ratio is at least 1, not " + ratio);
        }
        if (!(millis >= 0)) {
            throw new IllegalArgumentException("milliseconds are at least 0, not " + millis);
        }
    }

    /** The same with another absolute limit. */
    Tolerance withMillis(double other) {
        return new Tolerance(alpha, ratio, other);
    }

    /** The same for sides of that many runs. */
    Tolerance forRuns(int a, int b) {
        return Math.min(a, b) > 1 ? this : new Tolerance(alpha, ratio * WIDENED_FOR_ONE_RUN, millis);
    }

    boolean isSame(double a, double b) {
        double larger = Math.max(a, b);
        double smaller = Math.min(a, b);
        return larger - smaller <= millis || larger <= ratio * smaller;
    }
}
