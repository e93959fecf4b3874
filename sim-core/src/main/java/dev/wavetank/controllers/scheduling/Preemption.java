package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.scheduling.Rejection.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod that fits nowhere would fit if pods of lower priority made room.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/preemption and plugins/defaultpreemption.
 *
 * @param candidates nodes on which it would fit
 * @param reasons why not, for every other node one or more
 */
record Preemption(ImmutableList<String> candidates, ImmutableList<String> reasons) {

    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    static Preemption consider(IncomingPod pod, ClusterSnapshot cluster, List<RejectedNode> rejected) {
        List<String> candidates = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        int priority = pod.needs().priority();
        for (RejectedNode each : rejected) {
            NodeInfo node = each.node();
            if (each.rejection().code() == Code.UNSCHEDULABLE_AND_UNRESOLVABLE) {
                reasons.add(NOT_HELPFUL);
                continue;
            }
            if (!node.hasPodsBelow(priority)) {
                reasons.add(NO_VICTIMS);
                continue;
            }
            Rejection without = cluster.withoutPodsBelow(priority, node, () -> rejection(pod, cluster, node));
            if (without == null) {
                candidates.add(node.name());
            } else {
                reasons.addAll(without.reasons());
            }
        }
        return new Preemption(ImmutableList.copyOf(candidates), ImmutableList.copyOf(reasons));
    }

    private static @Nullable Rejection rejection(IncomingPod pod, ClusterSnapshot cluster, NodeInfo node) {
        return Scheduling.firstRejection(Scheduling.filters(pod, cluster), node);
    }
}
