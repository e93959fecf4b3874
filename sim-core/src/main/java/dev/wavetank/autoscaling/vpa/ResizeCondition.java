package dev.wavetank.autoscaling.vpa;

/**
 * The pod condition that tells of an in-place resize under way. If a pod has both, {@code PodResizePending} is the one that
 * counts.
 *
 * @param type which condition
 * @param reason its reason, empty if it has none
 */
public record ResizeCondition(Type type, String reason) {

    /** The two conditions of a resize. */
    public enum Type {
        /** {@code PodResizePending}: the kubelet has not begun, for reason Deferred or Infeasible. */
        PENDING,
        /** {@code PodResizeInProgress}: the kubelet is at it, or failed for reason Error. */
        IN_PROGRESS
    }

    private static final long MINUTE_NANOS = 60L * 1_000_000_000;
    private static final long DEFERRED_TIMEOUT_NANOS = 5 * MINUTE_NANOS;
    private static final long IN_PROGRESS_TIMEOUT_NANOS = 60 * MINUTE_NANOS;

    /**
     * True if there is no more hope for the resize, so that the pod may be evicted instead: it is infeasible or failed, has been
     * deferred for more than 5 minutes or in progress for more than an hour.
     *
     * <p>Source: vertical-pod-autoscaler pkg/updater/restriction/pods_inplace_restriction.go.
     *
     * @param watchedNanos time since the updater first saw the pod resizing
     */
    boolean hasFailed(long watchedNanos) {
        return switch (type) {
            case PENDING -> !reason.equals("Deferred") || watchedNanos > DEFERRED_TIMEOUT_NANOS;
            case IN_PROGRESS -> !reason.isEmpty() || watchedNanos > IN_PROGRESS_TIMEOUT_NANOS;
        };
    }
}
