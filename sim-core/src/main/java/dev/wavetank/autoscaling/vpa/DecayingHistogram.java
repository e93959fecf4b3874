package dev.wavetank.autoscaling.vpa;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * A histogram in which a sample counts half as much as one that is one half-life younger. It is mutable and owned by whoever
 * aggregates one resource of one container.
 *
 * <p>Old weights are never touched as time goes by. Instead a younger sample is added with a larger weight, relative to a
 * reference time, and only when those weights have grown too large is the reference moved and everything scaled down by the
 * same power of two.
 *
 * <p>Source: vertical-pod-autoscaler pkg/recommender/util/decaying_histogram.go and histogram.go.
 */
public final class DecayingHistogram {

    /** Weights may grow to 2^100 before the reference time moves. */
    private static final long MAX_HALF_LIVES_AHEAD = 100;

    /** The largest bucket weight in a checkpoint. */
    private static final double MAX_CHECKPOINT_WEIGHT = 10_000;

    private static final long SECONDS_FROM_YEAR_1_TO_1970 = 62_135_596_800L;

    /** The reference time before there was a sample: so long ago that the first sample always moves it. */
    private static final long NEVER = Long.MIN_VALUE;

    private final BucketOptions options;
    private final long halfLifeNanos;
    private final long phaseNanos;
    private final double[] weights;
    private double totalWeight;
    private int minBucket;
    private int maxBucket;
    private long referenceNanos = NEVER;

    /**
     * Makes an empty histogram.
     *
     * @param halfLifeNanos after how long a sample counts half; the recommender's default is 24 hours
     */
    public DecayingHistogram(BucketOptions options, long halfLifeNanos) {
        this.options = options;
        this.halfLifeNanos = halfLifeNanos;
        this.phaseNanos = BigInteger.valueOf(SECONDS_FROM_YEAR_1_TO_1970)
                .multiply(BigInteger.valueOf(1_000_000_000))
                .mod(BigInteger.valueOf(halfLifeNanos))
                .longValueExact();
        this.weights = new double[options.count()];
        this.minBucket = options.count() - 1;
        this.maxBucket = 0;
    }

    /**
     * Adds a sample.
     *
     * @param value in the unit of the bucket options
     * @param weight not negative, before decay
     * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z; samples may come in any order
     */
    public void addSample(double value, double weight, long timeNanos) {
        double decayed = weight * decayFactor(timeNanos);
        int bucket = options.bucketOf(value);
        weights[bucket] += decayed;
        totalWeight += decayed;
        if (weights[bucket] >= BucketOptions.EPSILON) {
            minBucket = Math.min(minBucket, bucket);
            maxBucket = Math.max(maxBucket, bucket);
        }
    }

    /** Takes back a sample that was added with the same value, weight and time. */
    public void subtractSample(double value, double weight, long timeNanos) {
        double decayed = weight * decayFactor(timeNanos);
        int bucket = options.bucketOf(value);
        weights[bucket] = subtract(weights[bucket], decayed);
        totalWeight = subtract(totalWeight, decayed);
        shrinkRange();
    }

    /** Adds all samples of another histogram with the same options and half-life; the other one stays as it is. */
    public void merge(DecayingHistogram other) {
        DecayingHistogram addend = other.copy();
        if (referenceNanos < addend.referenceNanos) {
            moveReference(addend.referenceNanos);
        } else if (addend.referenceNanos < referenceNanos) {
            addend.moveReference(referenceNanos);
        }
        for (int bucket = addend.minBucket; bucket <= addend.maxBucket; bucket++) {
            weights[bucket] += addend.weights[bucket];
        }
        totalWeight += addend.totalWeight;
        minBucket = Math.min(minBucket, addend.minBucket);
        maxBucket = Math.max(maxBucket, addend.maxBucket);
    }

    /** True if no bucket holds a weight that matters; then every percentile is 0. */
    public boolean isEmpty() {
        return weights[minBucket] < BucketOptions.EPSILON;
    }

    /**
     * The upper end of the bucket in which the given share of all weight is reached; 0 if the histogram is empty.
     *
     * @param share from 0 to 1, for instance 0.9
     */
    public double percentile(double share) {
        return isEmpty() ? 0 : options.start(percentileBucket(share));
    }

    /** The bucket whose start {@link #percentile} returns; 0 if the histogram is empty. */
    public int percentileBucket(double share) {
        if (isEmpty()) {
            return 0;
        }
        double threshold = share * totalWeight;
        double sum = 0;
        int bucket = minBucket;
        while (bucket < maxBucket) {
            sum += weights[bucket];
            if (sum >= threshold) {
                break;
            }
            bucket++;
        }
        return Math.min(bucket + 1, options.count() - 1);
    }

    /** The histogram as a VerticalPodAutoscalerCheckpoint keeps it, small and a little rounded. */
    public HistogramCheckpoint checkpoint() {
        double largest = 0;
        for (int bucket = minBucket; bucket <= maxBucket; bucket++) {
            largest = Math.max(largest, weights[bucket]);
        }
        TreeMap<Integer, Integer> bucketWeights = new TreeMap<>();
        double ratio = MAX_CHECKPOINT_WEIGHT / largest;
        for (int bucket = minBucket; bucket <= maxBucket; bucket++) {
            int weight = (int) Math.round(weights[bucket] * ratio);
            if (weight > 0) {
                bucketWeights.put(bucket, weight);
            }
        }
        return new HistogramCheckpoint(bucketWeights, referenceNanos, totalWeight);
    }

    /**
     * Adds what a checkpoint holds; meant for an empty histogram.
     *
     * @throws IllegalArgumentException if the checkpoint names a bucket that these options do not have
     */
    public void load(HistogramCheckpoint checkpoint) {
        referenceNanos = checkpoint.referenceNanos();
        long sum = 0;
        for (Map.Entry<Integer, Integer> entry : checkpoint.bucketWeights().entrySet()) {
            if (entry.getKey() < 0 || entry.getKey() >= options.count()) {
                throw new IllegalArgumentException(
                        "checkpoint bucket " + entry.getKey() + " is not between 0 and " + (options.count() - 1));
            }
            sum += entry.getValue();
        }
        if (sum == 0) {
            return;
        }
        double ratio = checkpoint.totalWeight() / sum;
        for (Map.Entry<Integer, Integer> entry : checkpoint.bucketWeights().entrySet()) {
            weights[entry.getKey()] += entry.getValue() * ratio;
            minBucket = Math.min(minBucket, entry.getKey());
            maxBucket = Math.max(maxBucket, entry.getKey());
        }
        totalWeight += checkpoint.totalWeight();
        shrinkRange();
    }

    /** An independent histogram with the same samples. */
    public DecayingHistogram copy() {
        DecayingHistogram copy = new DecayingHistogram(options, halfLifeNanos);
        System.arraycopy(weights, 0, copy.weights, 0, weights.length);
        copy.totalWeight = totalWeight;
        copy.minBucket = minBucket;
        copy.maxBucket = maxBucket;
        copy.referenceNanos = referenceNanos;
        return copy;
    }

    private double decayFactor(long timeNanos) {
        if (referenceNanos == NEVER || timeNanos - referenceNanos > MAX_HALF_LIVES_AHEAD * halfLifeNanos) {
            moveReference(nearestMultipleOfHalfLife(timeNanos));
        }
        return StrictMath.pow(2, (double) (timeNanos - referenceNanos) / halfLifeNanos);
    }

    private void moveReference(long newReferenceNanos) {
        if (referenceNanos != NEVER) {
            long halfLives = Math.round((double) (newReferenceNanos - referenceNanos) / halfLifeNanos);
            scale(Math.scalb(1.0, (int) -halfLives));
        }
        referenceNanos = newReferenceNanos;
    }

    private void scale(double factor) {
        for (int bucket = 0; bucket < weights.length; bucket++) {
            weights[bucket] *= factor;
        }
        totalWeight *= factor;
        shrinkRange();
    }

    /** Multiples are counted from the first of January of year 1, as Go's zero time is; halves go up. */
    private long nearestMultipleOfHalfLife(long timeNanos) {
        long past = Math.floorMod(Math.floorMod(timeNanos, halfLifeNanos) + phaseNanos, halfLifeNanos);
        return past + past < halfLifeNanos ? timeNanos - past : timeNanos + (halfLifeNanos - past);
    }

    private void shrinkRange() {
        while (weights[minBucket] < BucketOptions.EPSILON && minBucket < weights.length - 1) {
            minBucket++;
        }
        while (weights[maxBucket] < BucketOptions.EPSILON && maxBucket > 0) {
            maxBucket--;
        }
    }

    /** Rounding may leave a crumb where nothing should be; it is swept away. */
    private static double subtract(double weight, double subtrahend) {
        double rest = weight - subtrahend;
        return rest < BucketOptions.EPSILON ? 0 : rest;
    }
}
