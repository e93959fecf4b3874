package dev.wavetank.network;

/**
 * Keeps retries from piling up: every request adds a part of a retry to the purse, every retry takes a whole one. A few are
 * there from the start, so that the first failures of a quiet client are tried again.
 *
 * <p>The idea is Finagle's {@code RetryBudget}; without its time window.
 */
final class RetryBudget {

    private static final double RESERVE = 10;
    private static final double MOST = 100;

    private final double perRequest;
    private double purse = RESERVE;

    RetryBudget(double perRequest) {
        this.perRequest = perRequest;
    }

    void request() {
        purse = Math.min(MOST, purse + perRequest);
    }

    /** True if a retry may be made, which is then counted. */
    boolean take() {
        if (purse < 1) {
            return false;
        }
        purse--;
        return true;
    }
}
