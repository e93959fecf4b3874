package dev.wavetank.autoscaling.vpa;

/**
 * How many pods of one controller the updater may still disturb in this loop. Mutable, made anew for every loop.
 *
 * <p>Source: vertical-pod-autoscaler pkg/updater/restriction/pods_restriction_factory.go.
 */
final class DisruptionBudget {

    private static final double EVICTION_TOLERANCE = 0.5;

    private final int configured;
    private final int running;
    private final int tolerance;
    private final boolean enoughReplicas;
    private int disturbed;

    /**
     * Opens the budget of a loop.
     *
     * @param configured replicas the controller is configured for
     * @param live live pods of the controller
     * @param pending how many of those are in phase Pending
     * @param minReplicas with fewer live pods than this nothing may be disturbed
     */
    DisruptionBudget(int configured, int live, int pending, int minReplicas) {
        this.configured = configured;
        this.running = live - pending;
        this.tolerance = (int) (configured * EVICTION_TOLERANCE);
        this.enoughReplicas = live >= minReplicas;
    }

    /** False if the controller has too few live pods to touch any of them, pending ones included. */
    boolean enoughReplicas() {
        return enoughReplicas;
    }

    /**
     * True if one more running pod may be disturbed: more than the untolerated part of the configured replicas would stay alive,
     * or the tolerance is zero, all configured pods run, and none has been disturbed yet.
     */
    boolean allowsOneMore() {
        boolean withinTolerance = running - disturbed > configured - tolerance;
        boolean theOnlyOne = configured == running && tolerance == 0 && disturbed == 0;
        return enoughReplicas && (withinTolerance || theOnlyOne);
    }

    /** A running pod has been evicted, or its resize begun. */
    void disturb() {
        disturbed++;
    }
}
