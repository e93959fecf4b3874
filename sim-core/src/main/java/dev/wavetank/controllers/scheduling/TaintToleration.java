package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.Rejection.Code;
import dev.wavetank.model.Taint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules out nodes with taints the pod does not tolerate; of the rest it prefers those with the fewest soft ones.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/tainttoleration.
 */
final class TaintToleration implements SchedulerPlugin {

    private static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";

    private static final Rejection REJECTION =
            Rejection.of("TaintToleration", "node(s) had untolerated taint(s)", Code.UNSCHEDULABLE_AND_UNRESOLVABLE);

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        return cluster.hasTaints() ? node -> isTolerated(node, pod.needs()) ? null : REJECTION : null;
    }

    /** True if the pod tolerates all taints of the node that keep pods off. */
    static boolean isTolerated(NodeInfo node, PodNeeds needs) {
        for (Taint taint : node.node().taints()) {
            if (!taint.effect().equals(PREFER_NO_SCHEDULE) && !needs.tolerates(taint)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        if (!cluster.hasTaints()) {
            return new Constant(MAX_SCORE);
        }
        return new NodeScore() {
            @Override
            public long rate(NodeInfo node) {
                return untoleratedSoftTaints(node, pod.needs());
            }

            @Override
            public void normalize(List<NodeInfo> nodes, long[] ratings) {
                SchedulerPlugin.scaleToLargest(ratings);
                for (int i = 0; i < ratings.length; i++) {
                    ratings[i] = MAX_SCORE - ratings[i];
                }
            }
        };
    }

    private static long untoleratedSoftTaints(NodeInfo node, PodNeeds needs) {
        long untolerated = 0;
        for (Taint taint : node.node().taints()) {
            if (taint.effect().equals(PREFER_NO_SCHEDULE) && !needs.tolerates(taint)) {
                untolerated++;
            }
        }
        return untolerated;
    }
}
