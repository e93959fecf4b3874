package dev.wavetank.network;

import java.util.Arrays;

/**
 * {@code ewma}: of two destinations drawn at random the one with the lower product of its recent latency and its open
 * connections, the new one counted. The latency is a moving average that jumps up to a slow answer at once and forgets it
 * over some ten seconds. No mode of kube-proxy; as service meshes and Finagle do it.
 *
 * <p>Source: the idea is Finagle's "Peak EWMA".
 */
final class PeakEwma extends TwoChoices {

    /** After this long an old latency still counts by 1/e. */
    private static final double DECAY_NANOS = 10e9;

    /** What a destination is taken to cost while its first answer is out: more than any that has answered. */
    private static final double UNKNOWN_COST = 1e18;

    private double[] averageNanos = new double[0];
    private long[] updatedAt = new long[0];

    @Override
    void added(int destination) {
        super.added(destination);
        if (destination >= averageNanos.length) {
            averageNanos = Arrays.copyOf(averageNanos, Math.max(destination + 1, averageNanos.length * 2));
            updatedAt = Arrays.copyOf(updatedAt, averageNanos.length);
        }
        averageNanos[destination] = 0;
    }

    @Override
    public void answered(int destination, long latencyNanos, long nowNanos) {
        double average = averageNanos[destination];
        if (latencyNanos >= average) {
            averageNanos[destination] = latencyNanos;
        } else {
            double kept = decay(nowNanos - updatedAt[destination]);
            averageNanos[destination] = average * kept + latencyNanos * (1 - kept);
        }
        updatedAt[destination] = nowNanos;
    }

    @Override
    boolean better(int challenger, int first, long nowNanos) {
        return cost(challenger, nowNanos) < cost(first, nowNanos);
    }

    private double cost(int destination, long nowNanos) {
        int open = list.active(destination);
        double average = averageNanos[destination];
        if (average == 0) {
            return open == 0 ? 0 : UNKNOWN_COST + open;
        }
        return average * decay(nowNanos - updatedAt[destination]) * (open + 1);
    }

    private static double decay(long nanos) {
        return StrictMath.exp(-nanos / DECAY_NANOS);
    }

    @Override
    String measure(int destination) {
        return "a recent latency of " + Math.round(averageNanos[destination] / 1000) + " µs and "
                + list.active(destination) + " open connections";
    }
}
