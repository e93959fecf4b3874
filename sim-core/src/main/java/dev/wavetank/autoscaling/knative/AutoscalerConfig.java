package dev.wavetank.autoscaling.knative;

import java.util.Map;

/**
 * The ConfigMap {@code config-autoscaler}: what holds for every revision that does not say otherwise.
 *
 * <p>Source: knative serving pkg/autoscaler/config.
 *
 * @param containerConcurrencyTargetDefault requests at a time per pod, where a revision sets no containerConcurrency
 * @param containerConcurrencyTargetFraction share of that to aim for, 0 to 1
 * @param requestsPerSecondTargetDefault requests per second and pod, for metric rps
 * @param targetBurstCapacity requests a revision can take at once without the activator; 0 never has it in path, -1 always
 * @param stableWindowNanos window of the stable average
 * @param panicWindowPercentage share of the stable window that the panic average looks at
 * @param panicThresholdPercentage wanted pods over ready pods from which on the autoscaler panics
 * @param maxScaleUpRate how many times the ready pods may be wanted at most
 * @param maxScaleDownRate what part of the ready pods may be wanted at least: one in so many
 * @param scaleToZeroGraceNanos how long the activator must have been in path before the last pod goes
 * @param scaleToZeroPodRetentionNanos how long the last pod is kept at least
 * @param scaleDownDelayNanos how long a lower wish must last before it counts
 * @param initialScale pods a new revision must reach to become ready
 * @param allowZeroInitialScale whether a revision may ask for an initial scale of 0
 * @param minScale lower bound of a revision's pods
 * @param maxScale upper bound of a revision's pods; 0 for none
 * @param enableScaleToZero whether the last pod may go at all
 * @param activatorCapacity requests one activator is meant to hold
 */
public record AutoscalerConfig(
        double containerConcurrencyTargetDefault,
        double containerConcurrencyTargetFraction,
        double requestsPerSecondTargetDefault,
        double targetBurstCapacity,
        long stableWindowNanos,
        double panicWindowPercentage,
        double panicThresholdPercentage,
        double maxScaleUpRate,
        double maxScaleDownRate,
        long scaleToZeroGraceNanos,
        long scaleToZeroPodRetentionNanos,
        long scaleDownDelayNanos,
        int initialScale,
        boolean allowZeroInitialScale,
        int minScale,
        int maxScale,
        boolean enableScaleToZero,
        double activatorCapacity) {

    private static final long SECOND_NANOS = 1_000_000_000;

    /** The ConfigMap as it is shipped. */
    public static final AutoscalerConfig DEFAULT = of(Map.of());

    /**
     * Reads the ConfigMap's data; a key that is missing has its default.
     *
     * @throws IllegalArgumentException if a value cannot be read
     */
    public static AutoscalerConfig of(Map<String, String> data) {
        Settings settings = new Settings(data, "");
        return new AutoscalerConfig(
                settings.number("container-concurrency-target-default", 100),
                fraction(settings.number("container-concurrency-target-percentage", 70)),
                settings.number("requests-per-second-target-default", 200),
                settings.number("target-burst-capacity", 211),
                settings.nanos("stable-window", 60 * SECOND_NANOS),
                settings.number("panic-window-percentage", 10),
                settings.number("panic-threshold-percentage", 200),
                settings.number("max-scale-up-rate", 1000),
                settings.number("max-scale-down-rate", 2),
                settings.nanos("scale-to-zero-grace-period", 30 * SECOND_NANOS),
                settings.nanos("scale-to-zero-pod-retention-period", 0),
                settings.nanos("scale-down-delay", 0),
                settings.integer("initial-scale", 1),
                settings.bool("allow-zero-initial-scale", false),
                settings.integer("min-scale", 0),
                settings.integer("max-scale", 0),
                settings.bool("enable-scale-to-zero", true),
                settings.number("activator-capacity", 100));
    }

    /** Up to 1 the setting is a fraction already; 1 itself means all, not one percent. */
    private static double fraction(double percentage) {
        return percentage > 1 ? percentage / 100 : percentage;
    }
}
