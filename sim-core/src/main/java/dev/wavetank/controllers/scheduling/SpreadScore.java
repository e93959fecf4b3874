package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.SchedulerPlugin.NodeScore;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * @param podsByDomain null if domains are single nodes
     * @param weight grows with the number of domains, so that many small ones count as much as few large ones
     */
    private record Term(
            SpreadConstraint constraint,
            SpreadCount pods,
            @Nullable Map<String, Integer> podsByDomain,
            double weight) {

        double rate(NodeInfo node) {
            String domain = node.labels().get(constraint.topologyKey());
            if (domain == null) {
                return 0;
            }
            int count = podsByDomain == null ? pods.on(node) : podsByDomain.getOrDefault(domain, 0);
            return count * weight + (constraint.maxSkew() - 1);
        }
    }

    private final List<Term> terms;
    private final boolean needsAllDomains;
    private final List<SpreadConstraint> constraints;

    private SpreadScore(List<SpreadConstraint> constraints, List<Term> terms, boolean needsAllDomains) {
        this.constraints = constraints;
        this.terms = terms;
        this.needsAllDomains = needsAllDomains;
    }

    static @Nullable SpreadScore of(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        boolean stated = !pod.needs().spreadConstraints().isEmpty();
        List<SpreadConstraint> constraints = constraints(pod);
        if (constraints.isEmpty()) {
            return null;
        }
        List<NodeInfo> rated = !stated
                ? feasible
                : feasible.stream()
                        .filter(node -> PodTopologySpread.hasDomains(node, constraints))
                        .toList();
        List<Term> terms = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            terms.add(term(constraint, constraints, pod, cluster, rated, stated));
        }
        return new SpreadScore(constraints, terms, stated);
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

    private static Term term(
            SpreadConstraint constraint,
            List<SpreadConstraint> all,
            IncomingPod pod,
            ClusterSnapshot cluster,
            List<NodeInfo> rated,
            boolean stated) {
        SpreadCount pods = cluster.spreadCount(pod.pod().namespace(), constraint.selector());
        if (constraint.topologyKey().equals(Node.HOSTNAME_LABEL)) {
            return new Term(constraint, pods, null, weight(rated.size()));
        }
        Map<String, Integer> podsByDomain = new HashMap<>();
        // nodes without the label make one more domain here, though they are not rated by it
        for (NodeInfo node : rated) {
            podsByDomain.put(PodTopologySpread.domain(node, constraint), 0);
        }
        boolean allNodesCount = !stated && !pod.needs().asksForNodes();
        if (allNodesCount && constraint.topologyKey().equals(Node.ZONE_LABEL)) {
            podsByDomain.replaceAll((zone, zero) -> pods.inZone(zone));
        } else {
            for (NodeInfo node : cluster.nodes()) {
                boolean counted = !stated || PodTopologySpread.hasDomains(node, all);
                if (counted && constraint.counts(node, pod.needs())) {
                    podsByDomain.computeIfPresent(
                            PodTopologySpread.domain(node, constraint), (domain, count) -> count + pods.on(node));
                }
            }
        }
        return new Term(constraint, pods, podsByDomain, weight(podsByDomain.size()));
    }

    private static double weight(int domains) {
        return StrictMath.log(domains + 2.0);
    }

    @Override
    public long rate(NodeInfo node) {
        if (needsAllDomains && !PodTopologySpread.hasDomains(node, constraints)) {
            return LEFT_OUT;
        }
        double sum = 0;
        for (Term term : terms) {
            sum += term.rate(node);
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
