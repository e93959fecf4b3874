package dev.wavetank.autoscaling.hpa;

/**
 * One pod's value of one metric.
 *
 * @param valueMilli the value, in thousandths
 * @param timestamp end of the stretch it was measured over, in nanoseconds
 * @param windowNanos length of that stretch
 */
public record PodMetric(long valueMilli, long timestamp, long windowNanos) {}
