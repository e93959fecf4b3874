package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.List;

/**
 * The phase of a pod, from the states of its containers. A phase that is final stays as it is; the caller sees to that.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kubelet_pods.go, getPhase.
 */
public final class PodPhases {

    private PodPhases() {}

    /**
     * The phase of a pod whose containers are in these states.
     *
     * @param podIsTerminal true if nothing is restarted any more: the pod is being deleted, or was evicted
     */
    public static PodPhase of(List<ObservedContainer> containers, RestartPolicy policy, boolean podIsTerminal) {
        return of(containers, policy, podIsTerminal, aMainContainerHasStarted(containers));
    }

    /** As above, where it is known otherwise whether a main container has ever run. */
    public static PodPhase of(
            List<ObservedContainer> containers, RestartPolicy policy, boolean podIsTerminal, boolean mainHasStarted) {
        if (containers.stream().anyMatch(container -> hasFailedForGood(container, policy))) {
            return PodPhase.FAILED;
        }
        if (isPending(containers, mainHasStarted)) {
            return PodPhase.PENDING;
        }
        boolean anyUnknown = containers.stream().anyMatch(PodPhases::isUnknown);
        if (anyUnknown) {
            return PodPhase.PENDING;
        }
        if (containers.stream().anyMatch(container -> container.role() != Role.INIT && container.isRunning())) {
            return PodPhase.RUNNING;
        }
        return ofStopped(containers, policy, podIsTerminal);
    }

    /** True if a main container runs or has run to an end; then the pod does not fall back to starting up. */
    static boolean aMainContainerHasStarted(List<ObservedContainer> containers) {
        return containers.stream()
                .filter(container -> container.role() == Role.MAIN)
                .anyMatch(container -> container.isRunning() || container.isTerminated());
    }

    private static boolean hasFailedForGood(ObservedContainer container, RestartPolicy policy) {
        ContainerState.Terminated end = container.lastEnd();
        return container.role() == Role.INIT
                && !container.isRunning()
                && end != null
                && end.exitCode() != 0
                && !RestartPolicies.restarts(policy, false, end.exitCode());
    }

    private static boolean isPending(List<ObservedContainer> containers, boolean mainHasStarted) {
        for (ObservedContainer container : containers) {
            boolean pending = switch (container.role()) {
                case INIT -> !container.isTerminated() && !container.isBetweenRuns();
                case SIDECAR ->
                    container.isWaitingForFirstRun()
                            || (container.isRunning() && !container.isStarted() && !mainHasStarted);
                case MAIN -> container.isWaitingForFirstRun();
            };
            if (pending) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnknown(ObservedContainer container) {
        return container.role() != Role.INIT && container.status() == null;
    }

    /** No container runs and none waits for its first run. */
    private static PodPhase ofStopped(List<ObservedContainer> containers, RestartPolicy policy, boolean podIsTerminal) {
        List<ObservedContainer> main = containers.stream()
                .filter(container -> container.role() == Role.MAIN)
                .toList();
        if (main.isEmpty()) {
            return PodPhase.PENDING;
        }
        if (!podIsTerminal && main.stream().anyMatch(container -> isRestarted(container, policy))) {
            return PodPhase.RUNNING;
        }
        return main.stream().allMatch(PodPhases::hasSucceeded) ? PodPhase.SUCCEEDED : PodPhase.FAILED;
    }

    private static boolean isRestarted(ObservedContainer container, RestartPolicy policy) {
        ContainerState.Terminated end = container.lastEnd();
        return end != null && RestartPolicies.restarts(policy, false, end.exitCode());
    }

    /** One that waits to be started again has not succeeded, however its last run ended. */
    private static boolean hasSucceeded(ObservedContainer container) {
        return container.status() != null
                && container.status().state() instanceof ContainerState.Terminated end
                && end.exitCode() == 0;
    }
}
