package dev.wavetank.autoscaling.metrics;

/**
 * One sample of one container, as the kubelet hands it out: counters since the container's start, not rates.
 *
 * @param startTime when the container was created, in nanoseconds
 * @param timestamp when it was sampled, in nanoseconds
 * @param cumulativeCpuNanos CPU time used since the start, in core-nanoseconds
 * @param memoryBytes working set at the sample
 */
public record MetricsPoint(long startTime, long timestamp, long cumulativeCpuNanos, long memoryBytes) {

    /** A point at the beginning of time with nothing used; see {@link MetricsStorage#store}. */
    static final MetricsPoint ZERO = new MetricsPoint(Long.MIN_VALUE, Long.MIN_VALUE, 0, 0);

    /** The container at its start, when its counter stood at 0. */
    MetricsPoint atStart() {
        return new MetricsPoint(startTime, startTime, 0, memoryBytes);
    }

    boolean isUsable() {
        return cumulativeCpuNanos != 0 && memoryBytes != 0;
    }
}
