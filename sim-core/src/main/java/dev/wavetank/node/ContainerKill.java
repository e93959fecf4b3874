package dev.wavetank.node;

import dev.wavetank.model.Times;
import org.jspecify.annotations.Nullable;

/**
 * The grace a container being stopped has left, step by step: preStop hook, a sidecar's wait for the others, stop signal,
 * SIGKILL. Waiting is charged in whole seconds, rounded down, and the signal always leaves two seconds, so all in all a
 * stop may take longer than its grace.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer.
 *
 * @param graceSeconds seconds left; may fall below zero
 */
public record ContainerKill(long graceSeconds) {

    /** What every container is granted between stop signal and SIGKILL. */
    public static final long MINIMUM_GRACE_SECONDS = 2;

    /** Why a single container is killed while its pod stays. */
    public enum Cause {
        LIVENESS_PROBE,
        STARTUP_PROBE,
        POST_START_HOOK,
        /** Its resources cannot be changed while it runs. */
        RESIZE
    }

    /**
     * The kill of one container of a pod that stays.
     *
     * @param deletionGracePeriodSeconds the pod's, null if it is not being deleted
     * @param probeGracePeriodSeconds the failed probe's own, null if it has none
     * @param podGracePeriodSeconds the pod spec's
     */
    public static ContainerKill because(
            Cause cause,
            @Nullable Long deletionGracePeriodSeconds,
            @Nullable Long probeGracePeriodSeconds,
            long podGracePeriodSeconds) {
        if (deletionGracePeriodSeconds != null) {
            return new ContainerKill(deletionGracePeriodSeconds);
        }
        boolean probed = cause == Cause.LIVENESS_PROBE || cause == Cause.STARTUP_PROBE;
        return new ContainerKill(
                probed && probeGracePeriodSeconds != null ? probeGracePeriodSeconds : podGracePeriodSeconds);
    }

    /** True if there is time for a preStop hook, or to wait for other containers; otherwise the step is left out. */
    public boolean hasTimeLeft() {
        return graceSeconds > 0;
    }

    /** How long the next step may take, in nanoseconds. A hook cut short is not waited for. */
    public long stepLimitNanos() {
        return graceSeconds * Times.SECOND;
    }

    /** What is left after a step that took so many nanoseconds. */
    public ContainerKill after(long nanos) {
        return new ContainerKill(graceSeconds - nanos / Times.SECOND);
    }

    /** Seconds from the stop signal to SIGKILL. */
    public long stopTimeoutSeconds() {
        return Math.max(graceSeconds, MINIMUM_GRACE_SECONDS);
    }
}
