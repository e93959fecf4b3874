package dev.wavetank.autoscaling.hpa;

/**
 * The kube-controller-manager flags and feature gates that bear on the HorizontalPodAutoscaler.
 *
 * @param tolerance {@code --horizontal-pod-autoscaler-tolerance}: how far usage may be off target, as a fraction, before anything moves
 * @param downscaleStabilizationNanos {@code --horizontal-pod-autoscaler-downscale-stabilization}
 * @param cpuInitializationNanos {@code --horizontal-pod-autoscaler-cpu-initialization-period}: age up to which a pod counts as young
 * @param initialReadinessDelayNanos {@code --horizontal-pod-autoscaler-initial-readiness-delay}
 * @param configurableTolerance gate {@code HPAConfigurableTolerance}: {@code behavior} may set tolerances of its own
 * @param scaleToZero gate {@code HPAScaleToZero}
 * @param podLevelResources gate {@code PodLevelResources}: requests of a pod as a whole stand in for those of its containers
 */
public record HpaOptions(
        double tolerance,
        long downscaleStabilizationNanos,
        long cpuInitializationNanos,
        long initialReadinessDelayNanos,
        boolean configurableTolerance,
        boolean scaleToZero,
        boolean podLevelResources) {

    static final long SECOND_NANOS = 1_000_000_000L;

    /** What an untouched Kubernetes 1.36 control plane runs with. */
    public static final HpaOptions DEFAULTS =
            new HpaOptions(0.1, 300 * SECOND_NANOS, 300 * SECOND_NANOS, 30 * SECOND_NANOS, true, false, true);
}
