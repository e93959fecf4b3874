package dev.wavetank.autoscaling.vpa;

/**
 * What the recommender keeps of one running container between its samples, chiefly the highest memory use in the current
 * window of 24 hours: only that peak enters the aggregate. Mutable, owned by the recommender.
 *
 * <p>Times are nanoseconds since 1970-01-01T00:00:00Z.
 *
 * <p>Source: vertical-pod-autoscaler pkg/recommender/model/container.go.
 */
public final class ContainerState {

    /** What became of a sample. */
    public enum Outcome {
        /** It changed the aggregate. */
        ADDED,
        /** It was taken note of, but a higher peak of its window is there already. */
        BELOW_PEAK,
        /** It came after a younger one, or long after its window. */
        TOO_OLD,
        /** Usage cannot be negative. */
        NEGATIVE
    }

    private static final long WINDOW_NANOS = 24L * 3600 * 1_000_000_000;
    private static final long OOM_MIN_BUMP_UP_BYTES = 100L * 1024 * 1024;
    private static final double OOM_BUMP_UP_RATIO = 1.2;
    private static final long NEVER = Long.MIN_VALUE;

    private final AggregateContainerState aggregate;
    private long lastCpuSampleNanos = NEVER;
    private long lastMemorySampleNanos = NEVER;
    private long windowEndNanos = NEVER;
    private long usagePeakBytes;
    private long oomPeakBytes;

    /** Starts watching a container whose samples go to the given aggregate. */
    public ContainerState(AggregateContainerState aggregate) {
        this.aggregate = aggregate;
    }

    /** Takes a CPU sample in millicores; it must be younger than the one before. */
    public Outcome addCpuSample(long timeNanos, long millis) {
        if (millis < 0) {
            return Outcome.NEGATIVE;
        }
        if (timeNanos <= lastCpuSampleNanos) {
            return Outcome.TOO_OLD;
        }
        lastCpuSampleNanos = timeNanos;
        aggregate.addCpuSample(timeNanos, millis);
        return Outcome.ADDED;
    }

    /** Takes a sample of the working set in bytes; it may not be older than the one before. */
    public Outcome addMemorySample(long timeNanos, long bytes) {
        if (bytes < 0) {
            return Outcome.NEGATIVE;
        }
        return timeNanos < lastMemorySampleNanos ? Outcome.TOO_OLD : addMemory(timeNanos, bytes, false);
    }

    /**
     * Takes note of an OOM kill, or of an eviction for lack of memory: the container is taken to have needed 20 %, and at least
     * 100 MiB, more than it asked for or was seen to use. Peaks of earlier OOM kills are left out of that, or the estimate
     * would run away.
     *
     * @param requestBytes memory request in force at the time
     */
    public Outcome recordOom(long timeNanos, long requestBytes) {
        if (lastMemorySampleNanos != NEVER && timeNanos < lastMemorySampleNanos - WINDOW_NANOS) {
            return Outcome.TOO_OLD;
        }
        long used = Math.max(requestBytes, usagePeakBytes);
        long needed = Math.max(used + OOM_MIN_BUMP_UP_BYTES, Amounts.scale(used, OOM_BUMP_UP_RATIO));
        return addMemory(timeNanos, needed, true);
    }

    private Outcome addMemory(long timeNanos, long bytes, boolean oom) {
        lastMemorySampleNanos = timeNanos;
        if (windowEndNanos == NEVER) {
            windowEndNanos = timeNanos;
        }
        if (timeNanos < windowEndNanos) {
            long oldPeak = Math.max(usagePeakBytes, oomPeakBytes);
            if (oldPeak == 0 || bytes <= oldPeak) {
                return Outcome.BELOW_PEAK;
            }
            aggregate.subtractMemoryPeak(windowEndNanos, oldPeak);
        } else {
            windowEndNanos += (timeNanos - windowEndNanos) / WINDOW_NANOS * WINDOW_NANOS + WINDOW_NANOS;
            usagePeakBytes = 0;
            oomPeakBytes = 0;
        }
        aggregate.addMemoryPeak(windowEndNanos, bytes);
        if (oom) {
            oomPeakBytes = bytes;
        } else {
            usagePeakBytes = bytes;
        }
        return Outcome.ADDED;
    }
}
