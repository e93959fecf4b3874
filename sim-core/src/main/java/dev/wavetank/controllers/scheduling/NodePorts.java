package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.Rejection.Code;
import org.jspecify.annotations.Nullable;

/**
 * Rules out nodes on which a host port the pod wants is taken.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/nodeports.
 */
final class NodePorts implements SchedulerPlugin {

    private static final Rejection REJECTION =
            Rejection.of("NodePorts", "node(s) didn't have free ports for the requested pod ports", Code.UNSCHEDULABLE);

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        var wanted = pod.needs().hostPorts();
        return wanted.isEmpty() ? null : node -> wanted.stream().allMatch(node::isFree) ? null : REJECTION;
    }
}
