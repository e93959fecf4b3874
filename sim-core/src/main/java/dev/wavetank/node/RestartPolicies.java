package dev.wavetank.node;

import dev.wavetank.model.PodSpec.RestartPolicy;

/**
 * Whether a container that stopped is started again.
 *
 * <p>Source: kubernetes 1.36 pkg/api/v1/pod ContainerShouldRestart and pkg/kubelet/container ShouldContainerBeRestarted.
 */
public final class RestartPolicies {

    private RestartPolicies() {}

    /**
     * Decides by how the container ended. A pod being deleted restarts nothing; that is asked elsewhere.
     *
     * @param policy the pod's
     * @param sidecar true for an init container with restartPolicy Always
     */
    public static boolean restarts(RestartPolicy policy, boolean sidecar, int exitCode) {
        if (sidecar) {
            return true;
        }
        return switch (policy) {
            case ALWAYS -> true;
            case ON_FAILURE -> exitCode != 0;
            case NEVER -> false;
        };
    }
}
