package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.scheduling.Placement.Assignment;
import dev.wavetank.controllers.scheduling.Placement.Unschedulable;
import dev.wavetank.controllers.scheduling.SchedulerPlugin.NodeFilter;
import dev.wavetank.controllers.scheduling.SchedulerPlugin.NodeScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a node for a pod with the default profile: filters rule nodes out, scores rank the rest.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/schedule_one.go and apis/config/v1/default_plugins.go.
 */
public final class Scheduling {

    /** In the order in which they filter. */
    private static final ImmutableList<SchedulerPlugin> PLUGINS = ImmutableList.of(
            new NodeUnschedulable(),
            new TaintToleration(),
            new NodeAffinity(),
            new NodePorts(),
            new NodeResourcesFit(),
            new PodTopologySpread(),
            new InterPodAffinity(),
            new NodeResourcesBalancedAllocation(),
            new ImageLocality(),
            new DynamicResources());

    /** Below so many nodes all are looked at; above, the search may stop once so many can take the pod. */
    private static final int SEARCH_ALL_BELOW = 100;

    private Scheduling() {}

    /**
     * Chooses a node.
     *
     * @param start where in the list of nodes to begin; the scheduler passes on {@link Assignment#nextStart}
     */
    public static Placement decide(IncomingPod pod, ClusterSnapshot cluster, int start) {
        List<NodeInfo> nodes = cluster.nodes();
        List<NodeFilter> filters = filters(pod, cluster);
        List<RejectedNode> rejected = new ArrayList<>();
        List<NodeInfo> feasible = new ArrayList<>();
        int wanted = feasibleNodesWanted(nodes.size());
        int looked = 0;
        while (looked < nodes.size() && feasible.size() < wanted) {
            NodeInfo node = nodes.get((start + looked) % nodes.size());
            Rejection rejection = firstRejection(filters, node);
            if (rejection == null) {
                feasible.add(node);
            } else {
                rejected.add(new RejectedNode(node, rejection));
            }
            looked++;
        }
        int nextStart = nodes.isEmpty() ? 0 : (start + looked) % nodes.size();
        if (feasible.isEmpty()) {
            Preemption preemption = Preemption.consider(pod, cluster, rejected);
            return new Unschedulable(FailureMessage.of(rejected, preemption), preemption.candidates(), nextStart);
        }
        if (feasible.size() == 1) {
            return new Assignment(ImmutableList.of(feasible.get(0).name()), 0, nextStart);
        }
        return best(feasible, totals(pod, cluster, feasible, null), nextStart);
    }

    /** True if the node can take the pod as things stand; false if it is not known. */
    public static boolean fits(IncomingPod pod, ClusterSnapshot cluster, String nodeName) {
        NodeInfo node = cluster.node(nodeName);
        return node != null && fits(pod, cluster, node);
    }

    static boolean fits(IncomingPod pod, ClusterSnapshot cluster, NodeInfo node) {
        return firstRejection(filters(pod, cluster), node) == null;
    }

    /** How many nodes that can take the pod are enough; the larger the cluster, the smaller the share. */
    static int feasibleNodesWanted(int nodes) {
        if (nodes < SEARCH_ALL_BELOW) {
            return nodes;
        }
        int percent = Math.max(5, 50 - nodes / 125);
        return Math.max(SEARCH_ALL_BELOW, nodes * percent / 100);
    }

    static List<NodeFilter> filters(IncomingPod pod, ClusterSnapshot cluster) {
        List<NodeFilter> filters = new ArrayList<>(PLUGINS.size());
        for (SchedulerPlugin plugin : PLUGINS) {
            NodeFilter filter = plugin.filter(pod, cluster);
            if (filter != null) {
                filters.add(filter);
            }
        }
        return filters;
    }

    static @Nullable Rejection firstRejection(List<NodeFilter> filters, NodeInfo node) {
        for (int i = 0; i < filters.size(); i++) {
            Rejection rejection = filters.get(i).check(node);
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }

    private static Assignment best(List<NodeInfo> feasible, long[] totals, int nextStart) {
        long top = Long.MIN_VALUE;
        for (long total : totals) {
            top = Math.max(top, total);
        }
        ImmutableList.Builder<String> best = ImmutableList.builder();
        for (int i = 0; i < totals.length; i++) {
            if (totals[i] == top) {
                best.add(feasible.get(i).name());
            }
        }
        return new Assignment(best.build(), top, nextStart);
    }

    /** Sums of weighted scores, in the order of the nodes; {@code details} gets them plugin by plugin if given. */
    private static long[] totals(
            IncomingPod pod,
            ClusterSnapshot cluster,
            List<NodeInfo> feasible,
            @Nullable List<Map<String, Long>> details) {
        long[] totals = new long[feasible.size()];
        long[] ratings = new long[feasible.size()];
        if (feasible.isEmpty()) {
            return totals;
        }
        for (SchedulerPlugin plugin : PLUGINS) {
            NodeScore score = plugin.score(pod, cluster, feasible);
            if (score == null) {
                continue;
            }
            rate(score, feasible, ratings);
            for (int i = 0; i < ratings.length; i++) {
                long weighted = ratings[i] * plugin.weight();
                totals[i] += weighted;
                if (details != null) {
                    details.get(i).put(plugin.name(), weighted);
                }
            }
        }
        return totals;
    }

    private static void rate(NodeScore score, List<NodeInfo> nodes, long[] ratings) {
        if (score.isConstant()) {
            Arrays.fill(ratings, score.rate(nodes.get(0)));
            return;
        }
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] = score.rate(nodes.get(i));
        }
        score.normalize(nodes, ratings);
    }

    /** What every node has for and against it, in the order of the snapshot; for those who ask why. */
    public static List<NodeVerdict> explain(IncomingPod pod, ClusterSnapshot cluster) {
        List<NodeFilter> filters = filters(pod, cluster);
        List<@Nullable Rejection> rejections = new ArrayList<>();
        List<NodeInfo> feasible = new ArrayList<>();
        List<Map<String, Long>> scores = new ArrayList<>();
        for (NodeInfo node : cluster.nodes()) {
            Rejection rejection = firstRejection(filters, node);
            rejections.add(rejection);
            if (rejection == null) {
                feasible.add(node);
                scores.add(new LinkedHashMap<>());
            }
        }
        long[] totals = totals(pod, cluster, feasible, scores);
        List<NodeVerdict> verdicts = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < rejections.size(); i++) {
            String node = cluster.nodes().get(i).name();
            Rejection rejection = rejections.get(i);
            if (rejection == null) {
                verdicts.add(NodeVerdict.fits(node, scores.get(next), totals[next]));
                next++;
            } else {
                verdicts.add(NodeVerdict.rejected(node, rejection));
            }
        }
        return verdicts;
    }

    /** Rates devices claimed by pods; claims are not simulated, so it rates nothing. It is there because the sums are. */
    private static final class DynamicResources implements SchedulerPlugin {

        @Override
        public String name() {
            return "DynamicResources";
        }

        @Override
        public NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
            return new Constant(0);
        }
    }
}
