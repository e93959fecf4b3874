package dev.wavetank.controllers.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One criterion of the scheduler: what rules a node out, what speaks for it, or both. */
interface SchedulerPlugin {

    /** Says whether one node can take the pod at hand. */
    interface NodeFilter {
        /** Why the node cannot, or null if it can. */
        @Nullable
        Rejection check(NodeInfo node);
    }

    /** Rates nodes that can take the pod at hand. */
    interface NodeScore {
        /** A rating of one node, not yet comparable with those of other plugins. */
        long rate(NodeInfo node);

        /** Brings the ratings of all nodes to 0 to 100, in place. */
        default void normalize(List<NodeInfo> nodes, long[] ratings) {}

        /** True if all nodes get the same score, 0 to 100, whatever they are: then one rating stands for all. */
        default boolean isConstant() {
            return false;
        }
    }

    /** The same score for every node. */
    record Constant(long score) implements NodeScore {

        @Override
        public long rate(NodeInfo node) {
            return score;
        }

        @Override
        public boolean isConstant() {
            return true;
        }
    }

    long MAX_SCORE = 100;

    /** The plugin's name in the scheduler's configuration. */
    String name();

    /** By what the plugin's scores are multiplied. */
    default int weight() {
        return 1;
    }

    /** The filter for one pod, or null if every node passes. */
    default @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        return null;
    }

    /** The score for one pod, or null if this plugin has nothing to say about it. */
    default @Nullable NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        return null;
    }

    /** Scales ratings so that the largest becomes 100; all stay as they are if none is above 0. */
    static void scaleToLargest(long[] ratings) {
        long largest = 0;
        for (long rating : ratings) {
            largest = Math.max(largest, rating);
        }
        if (largest == 0) {
            return;
        }
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] = MAX_SCORE * ratings[i] / largest;
        }
    }
}
