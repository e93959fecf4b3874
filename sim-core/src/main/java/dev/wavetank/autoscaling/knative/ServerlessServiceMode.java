package dev.wavetank.autoscaling.knative;

/**
 * Which way traffic is to take: past the activator only if the pods could stand a burst without it.
 *
 * <p>Source: knative serving pkg/reconciler/autoscaling/kpa/kpa.go.
 */
public final class ServerlessServiceMode {

    private ServerlessServiceMode() {}

    /**
     * Decides the mode of a revision's ServerlessService.
     *
     * @param scale pods wanted, {@link ScaleToZero#UNKNOWN_SCALE} if that is not known
     * @param excessBurstCapacity of the last decision of the KPA
     * @param active condition Active of the PodAutoscaler
     */
    public static ScaleToZero.SksMode decide(int scale, int excessBurstCapacity, ActiveStatus active) {
        boolean noPods = scale == 0 || (scale == ScaleToZero.UNKNOWN_SCALE && active == ActiveStatus.FALSE);
        return noPods || excessBurstCapacity < 0 ? ScaleToZero.SksMode.PROXY : ScaleToZero.SksMode.SERVE;
    }
}
