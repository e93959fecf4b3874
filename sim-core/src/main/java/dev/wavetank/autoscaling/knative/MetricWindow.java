package dev.wavetank.autoscaling.knative;

import java.util.Arrays;

/**
 * The values reported for a revision during the last seconds, one bucket a second, and their average. Mutable, owned by the
 * autoscaler of one revision; one for the stable and one for the panic window.
 *
 * <p>Values of the same second add up, for they come from different proxies. Seconds without a report between two reports
 * count as zero, seconds since the last report do not count at all.
 *
 * <p>Source: knative serving pkg/autoscaler/aggregation/bucketing.go.
 */
public final class MetricWindow {

    /** How the seconds of the window are weighed. */
    public enum Algorithm {
        /** All the same; the default. */
        LINEAR,
        /** Each older second a little less. */
        WEIGHTED_EXPONENTIAL
    }

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final double SMALLEST_SMOOTHING = 0.2;
    private static final double WEIGHT_LEFT_AT_THE_END = 0.0001;
    private static final double MILLION = 1e6;
    private static final long NEVER = Long.MIN_VALUE;

    private final Algorithm algorithm;
    private final double[] buckets;
    private final double smoothing;
    private double total;
    private long firstWrite = NEVER;
    private long lastWrite = NEVER;

    /**
     * Makes an empty window.
     *
     * @param windowNanos its length, whole seconds, at least one
     */
    public MetricWindow(Algorithm algorithm, long windowNanos) {
        this.algorithm = algorithm;
        this.buckets = new double[(int) (windowNanos / SECOND_NANOS)];
        this.smoothing = Math.max(SMALLEST_SMOOTHING, 1 - StrictMath.pow(WEIGHT_LEFT_AT_THE_END, 1.0 / buckets.length));
    }

    /** Adds a value to the second it belongs to, unless that second has left the window. */
    public void record(long nowNanos, double value) {
        long second = Math.floorDiv(nowNanos, SECOND_NANOS);
        if (lastWrite == NEVER || second - lastWrite >= buckets.length) {
            Arrays.fill(buckets, 0);
            total = 0;
            firstWrite = second;
            lastWrite = second;
        } else if (second <= lastWrite - buckets.length) {
            return;
        }
        firstWrite = Math.min(firstWrite, second);
        while (lastWrite < second) {
            lastWrite++;
            total -= buckets[index(lastWrite)];
            buckets[index(lastWrite)] = 0;
        }
        buckets[index(second)] += value;
        total += value;
    }

    /** True if nothing has been recorded for longer than the window; then there is no average to decide on. */
    public boolean isEmpty(long nowNanos) {
        return lastWrite == NEVER || Math.floorDiv(nowNanos, SECOND_NANOS) - lastWrite > buckets.length;
    }

    /** The average over the window that ends now; 0 if it is empty. A linear average is rounded to six decimals. */
    public double average(long nowNanos) {
        if (isEmpty(nowNanos)) {
            return 0;
        }
        int secondsSince = (int) Math.max(0, Math.floorDiv(nowNanos, SECOND_NANOS) - lastWrite);
        return switch (algorithm) {
            case LINEAR -> linear(secondsSince);
            case WEIGHTED_EXPONENTIAL -> weighted(secondsSince);
        };
    }

    private double linear(int secondsSince) {
        if (secondsSince >= buckets.length) {
            return 0;
        }
        double sum = total;
        for (long second = lastWrite + 1; second <= lastWrite + secondsSince; second++) {
            sum -= buckets[index(second)];
        }
        long seconds = Math.min(lastWrite - firstWrite + 1, buckets.length - secondsSince);
        return Math.round(sum / seconds * MILLION) / MILLION;
    }

    private double weighted(int secondsSince) {
        double weight = smoothing * StrictMath.pow(1 - smoothing, secondsSince);
        double sum = 0;
        for (long second = lastWrite; second > lastWrite - (buckets.length - secondsSince); second--) {
            sum += buckets[index(second)] * weight;
            weight *= 1 - smoothing;
        }
        return sum;
    }

    private int index(long second) {
        return (int) Math.floorMod(second, (long) buckets.length);
    }
}
