package dev.wavetank.autoscaling.knative;

import org.jspecify.annotations.Nullable;

/**
 * One reconcile of a PodAutoscaler: turns the pods the KPA wants into the scale to write, within the revision's bounds, and goes
 * to zero only step by step: first inactive, then behind the activator for long enough, then gone.
 *
 * <p>Source: knative serving pkg/reconciler/autoscaling/kpa/scaler.go.
 */
public final class ScaleToZero {

    /** The KPA has not decided yet, or the reconcile does not either. */
    public static final int UNKNOWN_SCALE = -1;

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long ACTIVATION_TIMEOUT_BUFFER_NANOS = 30 * SECOND_NANOS;
    private static final long RECHECK_NANOS = 3 * SECOND_NANOS;

    /** How traffic reaches the revision, as the ServerlessService says. */
    public enum SksMode {
        /** To its pods. */
        SERVE,
        /** To the activators. */
        PROXY
    }

    /**
     * The PodAutoscaler and its ServerlessService as they are.
     *
     * @param desiredPods pods the KPA wants, {@link #UNKNOWN_SCALE} if it has not decided
     * @param active the condition Active
     * @param inThatStatusNanos how long it has had its status
     * @param scaleTargetInitialized whether the initial scale has been reached once
     * @param progressDeadlineNanos how long the Deployment may take to get anywhere
     * @param sksMode mode of the ServerlessService
     * @param proxiedForNanos how long the activators have been the endpoints; 0 if they are not
     * @param activatorAnswers whether a probe of the public service is answered by an activator
     */
    public record Input(
            int desiredPods,
            ActiveStatus active,
            long inThatStatusNanos,
            boolean scaleTargetInitialized,
            long progressDeadlineNanos,
            SksMode sksMode,
            long proxiedForNanos,
            boolean activatorAnswers) {}

    /** What settled the scale. */
    public enum Reason {
        NOT_DECIDED("the autoscaler has not decided yet"),
        DESIRED("what the autoscaler wants, within the bounds"),
        SCALE_TO_ZERO_DISABLED("enable-scale-to-zero is false"),
        ACTIVATING("it is still being activated"),
        ACTIVATION_TIMED_OUT("activation took longer than the progress deadline and 30 s"),
        IDLE_WITHIN_STABLE_WINDOW("active for less than the stable window"),
        MARKED_INACTIVE("idle for the stable window; the activator comes first"),
        ACTIVATOR_NOT_IN_PATH("the activator does not answer for the revision yet"),
        POD_RETENTION("the last pod is retained"),
        GRACE_PERIOD("the activator has not been in the path for the grace period"),
        INACTIVE("inactive long enough");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }

        /** The reason in words. */
        public String phrase() {
            return phrase;
        }
    }

    /**
     * What the reconcile does.
     *
     * @param scale the scale wanted, also for the Active condition; may be {@link #UNKNOWN_SCALE}
     * @param apply whether to write it to the scale target if that differs
     * @param reconcileAfterNanos when to look again, or null if only on a change
     * @param probeActivator whether to go on probing, every second for up to 45, until the activator answers
     * @param reason what settled the scale
     */
    public record Decision(
            int scale, boolean apply, @Nullable Long reconcileAfterNanos, boolean probeActivator, Reason reason) {

        private static Decision apply(int scale, Reason reason) {
            return new Decision(scale, true, null, false, reason);
        }

        private static Decision waitFor(@Nullable Long nanos, Reason reason) {
            return new Decision(0, false, nanos, false, reason);
        }
    }

    private ScaleToZero() {}

    /** Decides one reconcile. */
    public static Decision decide(RevisionConfig revision, AutoscalerConfig config, Input now) {
        if (now.desiredPods() < 0 && now.active() != ActiveStatus.UNKNOWN) {
            return new Decision(now.desiredPods(), false, null, false, Reason.NOT_DECIDED);
        }
        int scale = withinBounds(revision, now);
        if (scale != 0) {
            return Decision.apply(scale, Reason.DESIRED);
        }
        if (!config.enableScaleToZero()) {
            return Decision.apply(1, Reason.SCALE_TO_ZERO_DISABLED);
        }
        return switch (now.active()) {
            case UNKNOWN -> whileActivating(now);
            case TRUE -> whileActive(revision, now);
            case FALSE -> whileInactive(revision, config, now);
        };
    }

    private static int withinBounds(RevisionConfig revision, Input now) {
        int min = revision.minScale();
        if (revision.reachable() && revision.initialScale() > 1 && !now.scaleTargetInitialized()) {
            min = Math.max(min, revision.initialScale());
        }
        if (now.desiredPods() < min) {
            return min;
        }
        int max = revision.maxScale();
        return max != 0 && now.desiredPods() > max ? max : Math.max(now.desiredPods(), 0);
    }

    private static Decision whileActivating(Input now) {
        long timeoutNanos = now.progressDeadlineNanos() + ACTIVATION_TIMEOUT_BUFFER_NANOS;
        return now.inThatStatusNanos() > timeoutNanos
                ? Decision.apply(0, Reason.ACTIVATION_TIMED_OUT)
                : new Decision(UNKNOWN_SCALE, false, timeoutNanos, false, Reason.ACTIVATING);
    }

    private static Decision whileActive(RevisionConfig revision, Input now) {
        long restNanos = revision.stableWindowNanos() - now.inThatStatusNanos();
        if (restNanos > 0) {
            return new Decision(1, true, restNanos, false, Reason.IDLE_WITHIN_STABLE_WINDOW);
        }
        return switch (now.sksMode()) {
            // The ServerlessService will not change, so no event would bring the reconciler back.
            case PROXY -> Decision.waitFor(RECHECK_NANOS, Reason.MARKED_INACTIVE);
            case SERVE -> Decision.waitFor(null, Reason.MARKED_INACTIVE);
        };
    }

    private static Decision whileInactive(RevisionConfig revision, AutoscalerConfig config, Input now) {
        boolean alwaysProxied = revision.targetBurstCapacity() == -1;
        if (!alwaysProxied && !now.activatorAnswers()) {
            return new Decision(0, false, null, true, Reason.ACTIVATOR_NOT_IN_PATH);
        }
        long graceNanos = config.scaleToZeroGraceNanos();
        long retentionNanos = revision.podRetentionNanos();
        if (now.inThatStatusNanos() >= Math.max(graceNanos, retentionNanos)) {
            return Decision.apply(0, Reason.INACTIVE);
        }
        if (now.inThatStatusNanos() < retentionNanos) {
            return Decision.waitFor(retentionNanos - now.inThatStatusNanos(), Reason.POD_RETENTION);
        }
        long restNanos = graceNanos - now.proxiedForNanos();
        return restNanos <= 0 ? Decision.apply(0, Reason.INACTIVE) : Decision.waitFor(restNanos, Reason.GRACE_PERIOD);
    }
}
