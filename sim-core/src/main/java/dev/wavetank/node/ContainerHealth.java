package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import org.jspecify.annotations.Nullable;

/**
 * Whether a container counts as started and ready when the kubelet syncs its pod.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/prober/prober_manager.go, UpdatePodStatus.
 *
 * @param triggersReadinessProbe true if the readiness worker is to try right away
 */
public record ContainerHealth(boolean started, boolean ready, boolean triggersReadinessProbe) {

    /** Of a container that does not run, or not yet fully. */
    public static final ContainerHealth DOWN = new ContainerHealth(false, false, false);

    /**
     * Judges a container by what its workers have stored.
     *
     * @param id the run of the container; see {@link ProbedContainer}
     * @param startup the startup worker, or null if there is none
     * @param readiness the readiness worker, or null if there is none
     */
    public static ContainerHealth of(
            long id, ContainerState state, @Nullable ProbeWorker startup, @Nullable ProbeWorker readiness) {
        if (!(state instanceof ContainerState.Running)) {
            return DOWN;
        }
        if (startup != null && startup.resultFor(id) != ProbeResult.SUCCESS) {
            return DOWN;
        }
        boolean ready = readiness == null || readiness.resultFor(id) == ProbeResult.SUCCESS;
        return new ContainerHealth(true, ready, !ready);
    }
}
