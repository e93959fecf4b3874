package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.Rejection.Code;
import dev.wavetank.model.Taint;

/**
 * Rules out cordoned nodes.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/nodeunschedulable.
 */
final class NodeUnschedulable implements SchedulerPlugin {

    private static final Taint CORDONED = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    private static final Rejection REJECTION =
            Rejection.of("NodeUnschedulable", "node(s) were unschedulable", Code.UNSCHEDULABLE_AND_UNRESOLVABLE);

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        return node -> node.isUnschedulable() && !pod.needs().tolerates(CORDONED) ? REJECTION : null;
    }
}
