package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.Rejection.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules out nodes that nodeSelector or required node affinity excludes, and prefers those the pod prefers.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/nodeaffinity.
 */
final class NodeAffinity implements SchedulerPlugin {

    private static final Rejection REJECTION = Rejection.of(
            "NodeAffinity", "node(s) didn't match Pod's node affinity/selector", Code.UNSCHEDULABLE_AND_UNRESOLVABLE);

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        PodNeeds needs = pod.needs();
        return needs.asksForNodes() ? node -> needs.accepts(node) ? null : REJECTION : null;
    }

    @Override
    public @Nullable NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        List<NodeTerm.Preferred> preferred = pod.needs().preferredNodeTerms();
        if (preferred.isEmpty()) {
            return null;
        }
        return new NodeScore() {
            @Override
            public long rate(NodeInfo node) {
                long sum = 0;
                for (NodeTerm.Preferred preference : preferred) {
                    sum += preference.term().matches(node) ? preference.weight() : 0;
                }
                return sum;
            }

            @Override
            public void normalize(List<NodeInfo> nodes, long[] ratings) {
                SchedulerPlugin.scaleToLargest(ratings);
            }
        };
    }
}
