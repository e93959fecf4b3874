package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.scheduling.Rejection.Code;
import dev.wavetank.model.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules out nodes that are full, and prefers those with the most left (LeastAllocated).
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/noderesources, fit.go and least_allocated.go.
 */
final class NodeResourcesFit implements SchedulerPlugin {

    private static final int TOO_MANY_PODS = 1;
    private static final int CPU = 2;
    private static final int MEMORY = 4;
    private static final int UNRESOLVABLE = 8;

    /** All there are, by the sum of their flags: a full cluster rejects the same few ways thousands of times. */
    private static final ImmutableList<Rejection> REJECTIONS = rejections();

    private static ImmutableList<Rejection> rejections() {
        ImmutableList.Builder<Rejection> all = ImmutableList.builder();
        for (int flags = 0; flags < 2 * UNRESOLVABLE; flags++) {
            ImmutableList.Builder<String> reasons = ImmutableList.builder();
            if ((flags & TOO_MANY_PODS) != 0) {
                reasons.add("Too many pods");
            }
            if ((flags & CPU) != 0) {
                reasons.add("Insufficient cpu");
            }
            if ((flags & MEMORY) != 0) {
                reasons.add("Insufficient memory");
            }
            Code code = (flags & UNRESOLVABLE) == 0 ? Code.UNSCHEDULABLE : Code.UNSCHEDULABLE_AND_UNRESOLVABLE;
            all.add(new Rejection("NodeResourcesFit", reasons.build(), code));
        }
        return all.build();
    }

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        Resources requests = pod.needs().requests();
        return node -> check(requests, node);
    }

    private static @Nullable Rejection check(Resources requests, NodeInfo node) {
        int flags = node.podCount() + 1 > node.maxPods() ? TOO_MANY_PODS : 0;
        if (requests.cpuMillis() > 0 && requests.cpuMillis() > node.allocatableCpu() - node.requestedCpu()) {
            flags |= CPU;
            flags |= requests.cpuMillis() > node.allocatableCpu() ? UNRESOLVABLE : 0;
        }
        if (requests.memoryBytes() > 0 && requests.memoryBytes() > node.allocatableMemory() - node.requestedMemory()) {
            flags |= MEMORY;
            flags |= requests.memoryBytes() > node.allocatableMemory() ? UNRESOLVABLE : 0;
        }
        return flags == 0 ? null : REJECTIONS.get(flags);
    }

    @Override
    public NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        Resources adds = pod.needs().scoredRequests();
        return node -> {
            long cpu = free(node.scoredCpu() + adds.cpuMillis(), node.allocatableCpu());
            long memory = free(node.scoredMemory() + adds.memoryBytes(), node.allocatableMemory());
            return node.allocatableCpu() == 0 || node.allocatableMemory() == 0 ? cpu + memory : (cpu + memory) / 2;
        };
    }

    /** 100 for an empty node, 0 for a full one, and for one that has none of it at all. */
    private static long free(long used, long allocatable) {
        return used > allocatable || allocatable == 0 ? 0 : (allocatable - used) * MAX_SCORE / allocatable;
    }
}
