package dev.wavetank.controllers.scheduling;

import dev.wavetank.model.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prefers nodes whose CPU and memory are then taken to similar shares; more exactly, those the pod makes more balanced.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go.
 */
final class NodeResourcesBalancedAllocation implements SchedulerPlugin {

    private static final long HALF = MAX_SCORE / 2;

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public @Nullable NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        Resources adds = pod.needs().requests();
        if (adds.equals(Resources.NONE)) {
            return null;
        }
        return node -> HALF + (HALF + balance(node, adds) - node.balance()) / 2;
    }

    /** 100 if CPU and memory are taken to the same share, 50 if one is full and the other empty. */
    static long balance(NodeInfo node, Resources adds) {
        if (node.allocatableCpu() == 0 || node.allocatableMemory() == 0) {
            return MAX_SCORE;
        }
        double cpu = share(node.requestedCpu() + adds.cpuMillis(), node.allocatableCpu());
        double memory = share(node.requestedMemory() + adds.memoryBytes(), node.allocatableMemory());
        double deviation = Math.abs((cpu - memory) / 2);
        return (long) ((1 - deviation) * MAX_SCORE);
    }

    private static double share(long requested, long allocatable) {
        return Math.min(1, (double) requested / allocatable);
    }
}
