package dev.wavetank.autoscaling.knative;

/**
 * A PodAutoscaler's condition Active after a reconcile, and whether its scale target counts as initialized.
 *
 * <p>Source: knative serving pkg/reconciler/autoscaling/kpa/kpa.go, computeActiveCondition.
 *
 * @param status True when enough pods are ready, Unknown while they are awaited, False without traffic
 * @param reason {@code NoTraffic}, {@code TimedOut}, {@code Queued}, or empty if True
 * @param scaleTargetInitialized true once the initial scale has been reached
 */
public record ActiveCondition(ActiveStatus status, String reason, boolean scaleTargetInitialized) {

    /**
     * Decides the condition.
     *
     * @param scale what the reconcile wanted, see {@link ScaleToZero.Decision#scale}
     * @param readyPods ready pods of the revision
     */
    public static ActiveCondition after(RevisionConfig revision, ActiveCondition before, int scale, int readyPods) {
        int enough = Math.max(revision.minScale(), before.scaleTargetInitialized() ? 1 : revision.initialScale());
        boolean initialized = before.scaleTargetInitialized() || readyPods >= enough;
        if (scale == 0 || enough == 0) {
            // While activating, zero is wanted only because activation has failed.
            boolean timedOut = before.status() == ActiveStatus.UNKNOWN && enough > 0;
            return new ActiveCondition(ActiveStatus.FALSE, timedOut ? "TimedOut" : "NoTraffic", initialized);
        }
        if (scale < 0 && before.status() == ActiveStatus.FALSE) {
            return new ActiveCondition(before.status(), before.reason(), initialized);
        }
        return readyPods >= enough
                ? new ActiveCondition(ActiveStatus.TRUE, "", initialized)
                : new ActiveCondition(ActiveStatus.UNKNOWN, "Queued", initialized);
    }
}
