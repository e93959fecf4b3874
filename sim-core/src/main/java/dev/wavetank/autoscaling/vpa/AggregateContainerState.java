package dev.wavetank.autoscaling.vpa;

/**
 * Everything the recommender remembers of one container name in one set of pods: a decaying histogram per resource, and how
 * long and how often it has been watched. Mutable, owned by the recommender; containers feed it through {@link ContainerState}.
 *
 * <p>Source: vertical-pod-autoscaler pkg/recommender/model/aggregate_container_state.go.
 */
public final class AggregateContainerState {

    private static final long DAY_NANOS = 24L * 3600 * 1_000_000_000;
    private static final long EXPIRY_DAYS = 8;
    private static final double CPU_SAMPLE_WEIGHT = 0.1;
    private static final double MEMORY_PEAK_WEIGHT = 1.0;
    private static final double MINUTES_PER_DAY = 24 * 60;

    private final DecayingHistogram cpuCores = new DecayingHistogram(BucketOptions.CPU_CORES, DAY_NANOS);
    private final DecayingHistogram memoryBytes = new DecayingHistogram(BucketOptions.MEMORY_BYTES, DAY_NANOS);
    private long firstCpuSampleNanos;
    private long lastCpuSampleNanos;
    private long cpuSamples;

    void addCpuSample(long timeNanos, long millis) {
        cpuCores.addSample(millis / 1000.0, CPU_SAMPLE_WEIGHT, timeNanos);
        firstCpuSampleNanos = cpuSamples == 0 ? timeNanos : Math.min(firstCpuSampleNanos, timeNanos);
        lastCpuSampleNanos = cpuSamples == 0 ? timeNanos : Math.max(lastCpuSampleNanos, timeNanos);
        cpuSamples++;
    }

    void addMemoryPeak(long windowEndNanos, long bytes) {
        memoryBytes.addSample((double) bytes, MEMORY_PEAK_WEIGHT, windowEndNanos);
    }

    void subtractMemoryPeak(long windowEndNanos, long bytes) {
        memoryBytes.subtractSample((double) bytes, MEMORY_PEAK_WEIGHT, windowEndNanos);
    }

    /** Adds what another aggregate of the same container name has seen, such as that of an older ReplicaSet. */
    public void merge(AggregateContainerState other) {
        cpuCores.merge(other.cpuCores);
        memoryBytes.merge(other.memoryBytes);
        if (other.cpuSamples > 0) {
            firstCpuSampleNanos = cpuSamples == 0
                    ? other.firstCpuSampleNanos
                    : Math.min(firstCpuSampleNanos, other.firstCpuSampleNanos);
            lastCpuSampleNanos =
                    cpuSamples == 0 ? other.lastCpuSampleNanos : Math.max(lastCpuSampleNanos, other.lastCpuSampleNanos);
            cpuSamples += other.cpuSamples;
        }
    }

    /**
     * The share of usage samples that an amount covers, as an amount.
     *
     * @param share from 0 to 1
     * @return millicores or bytes, rounded down
     */
    long percentile(Resource resource, double share) {
        return switch (resource) {
            case CPU -> Amounts.truncate(cpuCores.percentile(share) * 1000);
            case MEMORY -> Amounts.truncate(memoryBytes.percentile(share));
        };
    }

    /** How many CPU samples it has taken. */
    public long cpuSamples() {
        return cpuSamples;
    }

    /** True if nothing has come for so long that what it knows no longer counts. */
    public boolean isExpired(long nowNanos) {
        return cpuSamples > 0 && nowNanos - lastCpuSampleNanos >= EXPIRY_DAYS * DAY_NANOS;
    }

    /**
     * How much the history can be trusted: the days it spans, but no more than there are days' worth of samples at one a
     * minute. CPU samples alone count, for memory too. 0 with fewer than two samples.
     */
    public double confidence() {
        double daysSpanned = (double) (lastCpuSampleNanos - firstCpuSampleNanos) / DAY_NANOS;
        return Math.min(daysSpanned, cpuSamples / MINUTES_PER_DAY);
    }
}
