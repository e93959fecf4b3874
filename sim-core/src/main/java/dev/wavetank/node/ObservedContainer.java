package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod's spec and what is known of it.
 *
 * @param status null if nothing is known yet
 */
public record ObservedContainer(
        String name, Role role, @Nullable ContainerStatus status) {

    /** The part a container plays in its pod. */
    public enum Role {
        /** Runs to its end before the main containers start. */
        INIT,
        /** An init container with restartPolicy Always: runs beside the main containers. */
        SIDECAR,
        MAIN
    }

    /** All containers of a pod in the order of its spec, init containers and sidecars first. */
    public static List<ObservedContainer> of(
            PodSpec spec, List<ContainerStatus> initStatuses, List<ContainerStatus> mainStatuses) {
        List<ObservedContainer> observed = new ArrayList<>();
        for (Container container : spec.initContainers()) {
            Role role = container.sidecar() ? Role.SIDECAR : Role.INIT;
            observed.add(new ObservedContainer(container.name(), role, find(container.name(), initStatuses)));
        }
        for (Container container : spec.containers()) {
            observed.add(new ObservedContainer(container.name(), Role.MAIN, find(container.name(), mainStatuses)));
        }
        return observed;
    }

    private static @Nullable ContainerStatus find(String name, List<ContainerStatus> statuses) {
        for (ContainerStatus status : statuses) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return null;
    }

    boolean isRunning() {
        return status != null && status.state() instanceof ContainerState.Running;
    }

    boolean isTerminated() {
        return status != null && status.state() instanceof ContainerState.Terminated;
    }

    /** Waiting after an earlier run: it is to be started again. */
    boolean isBetweenRuns() {
        return isWaiting() && lastEnd() != null;
    }

    /** Waiting for its first run. */
    boolean isWaitingForFirstRun() {
        return isWaiting() && lastEnd() == null;
    }

    private boolean isWaiting() {
        return status != null && status.state() instanceof ContainerState.Waiting;
    }

    boolean isStarted() {
        return status != null && status.started();
    }

    boolean isReady() {
        return status != null && status.ready();
    }

    /** How its latest finished run ended, or null if there is none. */
    ContainerState.@Nullable Terminated lastEnd() {
        if (status == null) {
            return null;
        }
        if (status.state() instanceof ContainerState.Terminated now) {
            return now;
        }
        return status.lastState() instanceof ContainerState.Terminated before ? before : null;
    }
}
