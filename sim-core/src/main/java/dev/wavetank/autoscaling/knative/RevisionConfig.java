package dev.wavetank.autoscaling.knative;

import java.util.Map;

/**
 * The settings that hold for one revision: its annotations {@code autoscaling.knative.dev/…} where it has them, the ConfigMap's
 * values where it has not.
 *
 * <p>Source: knative serving pkg/reconciler/autoscaling/kpa/resources/decider.go, pkg/reconciler/autoscaling/resources.
 *
 * @param metric what is measured
 * @param total what one pod can take: requests at a time, or per second
 * @param target what one pod is to take
 * @param targetBurstCapacity requests to be able to take at once without the activator; 0 never has it in path, -1 always
 * @param panicThreshold wanted pods over ready pods from which on the autoscaler panics
 * @param stableWindowNanos window of the stable average
 * @param panicWindowNanos window of the panic average, whole seconds
 * @param scaleDownDelayNanos how long a lower wish must last before it counts
 * @param initialScale pods to reach once after creation
 * @param minScale lower bound of the pods; 0 if the revision is not reachable
 * @param maxScale upper bound of the pods, 0 for none
 * @param activationScale pods to start with when coming from zero; 0 if unset
 * @param podRetentionNanos how long the last pod is kept at least
 * @param reachable false if no route leads to the revision
 */
public record RevisionConfig(
        Metric metric,
        double total,
        double target,
        double targetBurstCapacity,
        double panicThreshold,
        long stableWindowNanos,
        long panicWindowNanos,
        long scaleDownDelayNanos,
        int initialScale,
        int minScale,
        int maxScale,
        int activationScale,
        long podRetentionNanos,
        boolean reachable) {

    /** What the KPA measures. */
    public enum Metric {
        CONCURRENCY("concurrency"),
        RPS("rps");

        private final String apiName;

        Metric(String apiName) {
            this.apiName = apiName;
        }

        /** The value of the annotation {@code metric}. */
        public String apiName() {
            return apiName;
        }

        static Metric of(String apiName) {
            for (Metric metric : values()) {
                if (metric.apiName.equals(apiName)) {
                    return metric;
                }
            }
            throw new IllegalArgumentException(PREFIX + "metric is '" + apiName
                    + "'; the KPA knows concurrency and rps (cpu and memory need class hpa)");
        }
    }

    private static final String PREFIX = "autoscaling.knative.dev/";
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final double RPS_TARGET_FRACTION = 0.7;
    private static final double SMALLEST_TARGET = 0.01;
    private static final int FEWEST_ACTIVATORS = 2;

    /**
     * Resolves the settings of a revision.
     *
     * @param containerConcurrency requests at a time that a container accepts, 0 for any number
     * @param annotations of the revision; those of others are ignored
     * @param reachable false if no route leads to the revision
     * @throws IllegalArgumentException if an annotation cannot be read
     */
    public static RevisionConfig resolve(
            int containerConcurrency, Map<String, String> annotations, boolean reachable, AutoscalerConfig config) {
        Settings own = new Settings(annotations, PREFIX);
        Metric metric = Metric.of(own.text("metric", Metric.CONCURRENCY.apiName()));
        double total = total(metric, containerConcurrency, own, config);
        long stableWindowNanos = own.nanos("window", config.stableWindowNanos());
        int initialScale = own.integer("initial-scale", config.initialScale());
        return new RevisionConfig(
                metric,
                total,
                Math.max(SMALLEST_TARGET, total * targetFraction(metric, own, config)),
                own.number("target-burst-capacity", config.targetBurstCapacity()),
                own.number("panic-threshold-percentage", config.panicThresholdPercentage()) / 100,
                stableWindowNanos,
                panicWindowNanos(
                        stableWindowNanos, own.number("panic-window-percentage", config.panicWindowPercentage())),
                own.nanos("scale-down-delay", config.scaleDownDelayNanos()),
                initialScale == 0 && !config.allowZeroInitialScale() ? config.initialScale() : initialScale,
                reachable ? own.integer("min-scale", config.minScale()) : 0,
                own.integer("max-scale", config.maxScale()),
                own.integer("activation-scale", 0),
                reachable ? own.nanos("scale-to-zero-pod-retention-period", config.scaleToZeroPodRetentionNanos()) : 0,
                reachable);
    }

    /**
     * How many activators the revision is spread over.
     *
     * @param readyPods ready pods of the revision
     * @param activatorCapacity requests one activator is meant to hold
     */
    public int numActivators(int readyPods, double activatorCapacity) {
        if (targetBurstCapacity == 0) {
            return FEWEST_ACTIVATORS;
        }
        double requests = readyPods * total + Math.max(targetBurstCapacity, 0);
        return Math.max(FEWEST_ACTIVATORS, (int) Math.ceil(requests / activatorCapacity));
    }

    /** A target may lower what the container itself accepts, but not raise it. */
    private static double total(Metric metric, int containerConcurrency, Settings own, AutoscalerConfig config) {
        return switch (metric) {
            case RPS -> own.number("target", config.requestsPerSecondTargetDefault());
            case CONCURRENCY ->
                containerConcurrency == 0
                        ? own.number("target", config.containerConcurrencyTargetDefault())
                        : Math.min(own.number("target", containerConcurrency), containerConcurrency);
        };
    }

    private static double targetFraction(Metric metric, Settings own, AutoscalerConfig config) {
        if (own.has("target-utilization-percentage")) {
            return own.number("target-utilization-percentage", 0) / 100;
        }
        return switch (metric) {
            case RPS -> RPS_TARGET_FRACTION;
            case CONCURRENCY -> config.containerConcurrencyTargetFraction();
        };
    }

    private static long panicWindowNanos(long stableWindowNanos, double percentage) {
        long nanos = (long) (stableWindowNanos * percentage / 100);
        long seconds = (nanos + SECOND_NANOS / 2) / SECOND_NANOS;
        return Math.max(seconds, 1) * SECOND_NANOS;
    }
}
