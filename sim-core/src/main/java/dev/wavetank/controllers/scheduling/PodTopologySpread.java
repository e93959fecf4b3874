package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.Rejection.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules out nodes on which the pod would make a domain too full, by the constraints that forbid it.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/podtopologyspread. Scores: {@link SpreadScore}.
 */
final class PodTopologySpread implements SchedulerPlugin {

    private static final String NAME = "PodTopologySpread";

    private static final Rejection TOO_FULL =
            Rejection.of(NAME, "node(s) didn't match pod topology spread constraints", Code.UNSCHEDULABLE);

    private static final Rejection NO_DOMAIN = Rejection.of(
            NAME,
            "node(s) didn't match pod topology spread constraints (missing required label)",
            Code.UNSCHEDULABLE_AND_UNRESOLVABLE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int weight() {
        return 2;
    }

    /** One constraint with the pods counted in each domain. */
    private record Counted(SpreadConstraint constraint, Map<String, Integer> podsByDomain, int least, int self) {

        boolean isBrokenIn(String domain) {
            int pods = podsByDomain.getOrDefault(domain, 0);
            return pods + self - least > constraint.maxSkew();
        }
    }

    @Override
    public @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        List<SpreadConstraint> constraints = pod.needs().spreadConstraints().stream()
                .filter(SpreadConstraint::doNotSchedule)
                .toList();
        if (constraints.isEmpty()) {
            return null;
        }
        List<Counted> counted = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            counted.add(count(constraint, constraints, pod, cluster));
        }
        return node -> check(node, counted);
    }

    private static @Nullable Rejection check(NodeInfo node, List<Counted> counted) {
        for (Counted each : counted) {
            String domain = node.domain(each.constraint.topologyKey());
            if (domain == null) {
                return NO_DOMAIN;
            }
            if (each.isBrokenIn(domain)) {
                return TOO_FULL;
            }
        }
        return null;
    }

    private static Counted count(
            SpreadConstraint constraint, List<SpreadConstraint> all, IncomingPod pod, ClusterSnapshot cluster) {
        SpreadCount pods = cluster.spreadCount(pod.pod().namespace(), constraint.selector());
        Map<String, Integer> podsByDomain = new HashMap<>();
        for (NodeInfo node : cluster.nodes()) {
            if (hasDomains(node, all) && constraint.counts(node, pod.needs())) {
                podsByDomain.merge(domain(node, constraint), pods.on(node), Integer::sum);
            }
        }
        int least = podsByDomain.size() < constraint.minDomains()
                ? 0
                : podsByDomain.values().stream()
                        .mapToInt(Integer::intValue)
                        .min()
                        .orElse(Integer.MAX_VALUE);
        int self = constraint.selector().matches(pod.pod().labels()) ? 1 : 0;
        return new Counted(constraint, podsByDomain, least, self);
    }

    /** True if the node has the labels all constraints speak of. */
    static boolean hasDomains(NodeInfo node, List<SpreadConstraint> constraints) {
        for (SpreadConstraint constraint : constraints) {
            if (node.domain(constraint.topologyKey()) == null) {
                return false;
            }
        }
        return true;
    }

    static String domain(NodeInfo node, SpreadConstraint constraint) {
        String domain = node.domain(constraint.topologyKey());
        return domain == null ? "" : domain;
    }

    @Override
    public @Nullable NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        return SpreadScore.of(pod, cluster, feasible);
    }
}
