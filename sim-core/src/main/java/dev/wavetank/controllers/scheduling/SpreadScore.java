package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.SchedulerPlugin.NodeScore;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prefers nodes whose domains have few of the pod's kind. A pod without constraints of its own is spread over nodes and
 * zones, if a Service or its owner says what its kind is.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/podtopologyspread/scoring.go.
 */
final class SpreadScore implements NodeScore {

    private static final int DEFAULT_NODE_SKEW = 3;
    private static final int DEFAULT_ZONE_SKEW = 5;
    private static final long LEFT_OUT = -1;

    /**
     * A constraint ready to be scored.
     *
     * @param pods how many are in the node's domain
     * @param weight grows with the number of domains, so that many small ones count as much as few large ones
     */
    private record Term(SpreadConstraint constraint, ToIntFunction<NodeInfo> pods, double weight) {

        double rate(NodeInfo node) {
            if (node.domain(constraint.topologyKey()) == null) {
                return 0;
            }
            return pods.applyAsInt(node) * weight + (constraint.maxSkew() - 1);
        }
    }

    private final List<SpreadConstraint> constraints;
    private final boolean stated;
    private final List<Term> terms = new ArrayList<>();

    /** A score by constraints; {@code stated} is false if they are the system's defaults. */
    private SpreadScore(List<SpreadConstraint> constraints, boolean stated) {
        this.constraints = constraints;
        this.stated = stated;
    }

    static @Nullable SpreadScore of(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        List<SpreadConstraint> constraints = constraints(pod);
        if (constraints.isEmpty()) {
            return null;
        }
        SpreadScore score =
                new SpreadScore(constraints, !pod.needs().spreadConstraints().isEmpty());
        List<NodeInfo> rated = !score.stated
                ? feasible
                : feasible.stream()
                        .filter(node -> PodTopologySpread.hasDomains(node, constraints))
                        .toList();
        for (SpreadConstraint constraint : constraints) {
            score.terms.add(score.term(constraint, pod, cluster, rated));
        }
        return score;
    }

    private static List<SpreadConstraint> constraints(IncomingPod pod) {
        if (!pod.needs().spreadConstraints().isEmpty()) {
            return pod.needs().spreadConstraints().stream()
                    .filter(constraint -> !constraint.doNotSchedule())
                    .toList();
        }
        LabelSelector selector = pod.spreadSelector();
        if (selector == null) {
            return List.of();
        }
        return List.of(
                new SpreadConstraint(DEFAULT_NODE_SKEW, Node.HOSTNAME_LABEL, false, selector, 1, false, false),
                new SpreadConstraint(DEFAULT_ZONE_SKEW, Node.ZONE_LABEL, false, selector, 1, false, false));
    }

    private Term term(SpreadConstraint constraint, IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> rated) {
        SpreadCount pods = cluster.spreadCount(pod.pod().namespace(), constraint.selector());
        if (constraint.topologyKey().equals(Node.HOSTNAME_LABEL)) {
            return new Term(constraint, pods::on, weight(rated.size()));
        }
        boolean allNodesCount = !stated && !pod.needs().asksForNodes();
        if (allNodesCount && constraint.topologyKey().equals(Node.ZONE_LABEL)) {
            return new Term(constraint, node -> pods.inZone(node.zoneIndex()), weight(zonesOf(rated, cluster)));
        }
        Map<String, Integer> podsByDomain = new HashMap<>();
        // nodes without the label make one more domain here, though they are not rated by it
        for (NodeInfo node : rated) {
            podsByDomain.put(PodTopologySpread.domain(node, constraint), 0);
        }
        for (NodeInfo node : cluster.nodes()) {
            boolean inDomain = !stated || PodTopologySpread.hasDomains(node, constraints);
            if (inDomain && constraint.counts(node, pod.needs())) {
                podsByDomain.computeIfPresent(
                        PodTopologySpread.domain(node, constraint), (domain, count) -> count + pods.on(node));
            }
        }
        return new Term(
                constraint,
                node -> podsByDomain.getOrDefault(PodTopologySpread.domain(node, constraint), 0),
                weight(podsByDomain.size()));
    }

    /** In how many zones the nodes are; those without one count as in one more. */
    private static int zonesOf(List<NodeInfo> nodes, ClusterSnapshot cluster) {
        boolean[] seen = new boolean[cluster.zones()];
        int zones = 0;
        for (NodeInfo node : nodes) {
            if (!seen[node.zoneIndex()]) {
                seen[node.zoneIndex()] = true;
                zones++;
            }
        }
        return zones;
    }

    private static double weight(int domains) {
        return StrictMath.log(domains + 2.0);
    }

    @Override
    public long rate(NodeInfo node) {
        if (stated && !PodTopologySpread.hasDomains(node, constraints)) {
            return LEFT_OUT;
        }
        double sum = 0;
        for (int i = 0; i < terms.size(); i++) {
            sum += terms.get(i).rate(node);
        }
        return Math.round(sum);
    }

    @Override
    public void normalize(List<NodeInfo> nodes, long[] ratings) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (long rating : ratings) {
            if (rating != LEFT_OUT) {
                least = Math.min(least, rating);
                most = Math.max(most, rating);
            }
        }
        for (int i = 0; i < ratings.length; i++) {
            if (ratings[i] == LEFT_OUT) {
                ratings[i] = 0;
            } else if (most == 0) {
                ratings[i] = SchedulerPlugin.MAX_SCORE;
            } else {
                ratings[i] = SchedulerPlugin.MAX_SCORE * (most + least - ratings[i]) / most;
            }
        }
    }
}
