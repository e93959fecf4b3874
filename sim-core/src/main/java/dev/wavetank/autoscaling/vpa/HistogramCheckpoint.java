package dev.wavetank.autoscaling.vpa;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram in the form a VerticalPodAutoscalerCheckpoint stores it.
 *
 * @param bucketWeights weight by bucket, scaled so that the largest is 10000; buckets without weight are left out
 * @param referenceNanos reference time of the weights, nanoseconds since 1970-01-01T00:00:00Z
 * @param totalWeight sum of the weights before they were scaled
 */
public record HistogramCheckpoint(SortedMap<Integer, Integer> bucketWeights, long referenceNanos, double totalWeight) {

    public HistogramCheckpoint {
        bucketWeights = Collections.unmodifiableSortedMap(new TreeMap<>(bucketWeights));
    }
}
