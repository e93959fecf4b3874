package dev.wavetank.http.host;

/**
 * Ties virtual time to the wall's at a given factor, from a pair of instants at which both were read together. When the
 * simulation cannot keep up it is given a new pair, rather than a debt it would have to run off in a burst.
 */
final class Pacing {

    /** Behind by more than this, in real nanoseconds, the tie is made anew. */
    private static final long LONGEST_LAG = 250_000_000;

    private double factor;
    private long wallAnchor;
    private long virtualAnchor;
    private long lags;

    Pacing(double factor, long wallNanos, long virtualNanos) {
        this.factor = factor;
        anchor(wallNanos, virtualNanos);
    }

    void anchor(long wallNanos, long virtualNanos) {
        this.wallAnchor = wallNanos;
        this.virtualAnchor = virtualNanos;
    }

    /** Goes on at another factor from this moment. */
    void change(double newFactor, long wallNanos, long virtualNanos) {
        if (newFactor != factor) {
            factor = newFactor;
            anchor(wallNanos, virtualNanos);
        }
    }

    double factor() {
        return factor;
    }

    /** How often the simulation was too slow for the speed asked for. */
    long lags() {
        return lags;
    }

    /** The virtual time that should be reached at a moment on the wall. */
    long virtualAt(long wallNanos) {
        return virtualAnchor + (long) ((wallNanos - wallAnchor) * factor);
    }

    /** Real nanoseconds until a virtual instant is due; 0 or less if it is. */
    long waitFor(long virtualNanos, long wallNanos) {
        double wait = (virtualNanos - virtualAnchor) / factor - (wallNanos - wallAnchor);
        return wait >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) Math.ceil(wait);
    }

    /** Forgives what has been missed if it is too much, given where the simulation really is. */
    void forgive(long wallNanos, long virtualNanos) {
        if ((virtualAt(wallNanos) - virtualNanos) / factor > LONGEST_LAG) {
            lags++;
            anchor(wallNanos, virtualNanos);
        }
    }
}
