package dev.wavetank.autoscaling.vpa;

/**
 * Exponentially growing buckets: the first covers {@code [0, first)}, each next one is {@value #RATIO} times as wide.
 *
 * <p>Source: vertical-pod-autoscaler pkg/recommender/util/histogram_options.go and pkg/recommender/model/aggregations_config.go.
 */
public final class BucketOptions {

    /** CPU usage in cores, from 0.01 to 1000. */
    public static final BucketOptions CPU_CORES = new BucketOptions(0.01, 1000);

    /** Memory peaks in bytes, from 10 MB to 1 TB. */
    public static final BucketOptions MEMORY_BYTES = new BucketOptions(1e7, 1e12);

    /** A bucket, or a histogram, with less weight than this counts as empty. */
    static final double EPSILON = 0.0001;

    private static final double RATIO = 1.05;

    private final double first;
    private final int count;

    private BucketOptions(double first, double maxValue) {
        this.first = first;
        this.count = (int) Math.ceil(logOfStart(maxValue)) + 1;
    }

    /** How many buckets there are; 176 for both resources. */
    int count() {
        return count;
    }

    /** The lower end of a bucket, which is where the one below it ends. */
    public double start(int bucket) {
        return bucket == 0 ? 0 : first * (StrictMath.pow(RATIO, bucket) - 1) / (RATIO - 1);
    }

    /** The bucket a value falls into; the last one has no upper end. */
    int bucketOf(double value) {
        return value < first ? 0 : Math.min((int) logOfStart(value), count - 1);
    }

    /** The real-valued bucket whose start is the value: a geometric sum, solved for its number of terms. */
    private double logOfStart(double value) {
        return StrictMath.log(value * (RATIO - 1) / first + 1) / StrictMath.log(RATIO);
    }
}
