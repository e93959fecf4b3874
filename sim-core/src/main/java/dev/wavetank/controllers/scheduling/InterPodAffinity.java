package dev.wavetank.controllers.scheduling;

import dev.wavetank.controllers.scheduling.PodAffinity.Term;
import dev.wavetank.controllers.scheduling.PodAffinity.Weighted;
import dev.wavetank.controllers.scheduling.Rejection.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pods together or apart as they ask, those already placed included.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/interpodaffinity.
 */
final class InterPodAffinity implements SchedulerPlugin {

    private static final String NAME = "InterPodAffinity";

    private static final Rejection NOT_NEAR =
            Rejection.of(NAME, "node(s) didn't match pod affinity rules", Code.UNSCHEDULABLE_AND_UNRESOLVABLE);

    private static final Rejection TOO_NEAR =
            Rejection.of(NAME, "node(s) didn't match pod anti-affinity rules", Code.UNSCHEDULABLE);

    private static final Rejection NOT_WELCOME =
            Rejection.of(NAME, "node(s) didn't satisfy existing pods anti-affinity rules", Code.UNSCHEDULABLE);

    /** What a placed pod's required affinity for the incoming one is worth. */
    private static final int HARD_AFFINITY_WEIGHT = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeFilter filter(IncomingPod pod, ClusterSnapshot cluster) {
        PodAffinity affinity = pod.needs().podAffinity();
        boolean asks =
                !affinity.required().isEmpty() || !affinity.requiredAnti().isEmpty();
        if (!asks && !cluster.hasPodsWithAffinity()) {
            return null;
        }
        DomainCounts near = new DomainCounts();
        DomainCounts apart = new DomainCounts();
        DomainCounts unwelcome = new DomainCounts();
        for (NodeInfo node : cluster.nodes()) {
            if (!asks && !node.hasPodsWithAffinity()) {
                continue;
            }
            for (PodInfo placed : node.pods()) {
                if (!affinity.required().isEmpty() && allMatch(affinity.required(), pod.pod(), placed)) {
                    affinity.required().forEach(term -> near.add(node, term.topologyKey(), 1));
                }
                countMatches(affinity.requiredAnti(), pod.pod(), placed, node, apart);
                countMatches(placed.needs().podAffinity().requiredAnti(), placed, pod.pod(), node, unwelcome);
            }
        }
        boolean firstOfItsKind = near.isEmpty() && allMatch(affinity.required(), pod.pod(), pod.pod());
        return node -> check(node, affinity, near, apart, unwelcome, firstOfItsKind);
    }

    private static @Nullable Rejection check(
            NodeInfo node,
            PodAffinity affinity,
            DomainCounts near,
            DomainCounts apart,
            DomainCounts unwelcome,
            boolean firstOfItsKind) {
        boolean allNear = true;
        for (Term term : affinity.required()) {
            if (!node.labels().containsKey(term.topologyKey())) {
                return NOT_NEAR;
            }
            allNear &= near.of(node, term.topologyKey()) > 0;
        }
        if (!allNear && !firstOfItsKind) {
            return NOT_NEAR;
        }
        for (Term term : affinity.requiredAnti()) {
            if (apart.of(node, term.topologyKey()) > 0) {
                return TOO_NEAR;
            }
        }
        return unwelcome.anyPositive(node) ? NOT_WELCOME : null;
    }

    private static boolean allMatch(List<Term> terms, PodInfo asking, PodInfo other) {
        return terms.stream().allMatch(term -> term.matches(asking.namespace(), other));
    }

    private static void countMatches(
            List<Term> terms, PodInfo asking, PodInfo other, NodeInfo node, DomainCounts counts) {
        for (Term term : terms) {
            if (term.matches(asking.namespace(), other)) {
                counts.add(node, term.topologyKey(), 1);
            }
        }
    }

    @Override
    public @Nullable NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        boolean asks = pod.needs().podAffinity().hasPreferences();
        if (!asks && !cluster.hasPodsWithAffinity()) {
            return null;
        }
        DomainCounts likes = new DomainCounts();
        for (NodeInfo node : cluster.nodes()) {
            if (asks || node.hasPodsWithAffinity()) {
                node.pods().forEach(placed -> weigh(pod.pod(), placed, node, likes));
            }
        }
        return likes.isEmpty() ? null : new Score(likes);
    }

    private static void weigh(PodInfo incoming, PodInfo placed, NodeInfo node, DomainCounts likes) {
        PodAffinity own = incoming.needs().podAffinity();
        weigh(own.preferred(), incoming, placed, node, likes, 1);
        weigh(own.preferredAnti(), incoming, placed, node, likes, -1);
        PodAffinity theirs = placed.needs().podAffinity();
        for (Term term : theirs.required()) {
            if (term.matches(placed.namespace(), incoming)) {
                likes.add(node, term.topologyKey(), HARD_AFFINITY_WEIGHT);
            }
        }
        weigh(theirs.preferred(), placed, incoming, node, likes, 1);
        weigh(theirs.preferredAnti(), placed, incoming, node, likes, -1);
    }

    private static void weigh(
            List<Weighted> terms, PodInfo asking, PodInfo other, NodeInfo node, DomainCounts likes, int sign) {
        for (Weighted weighted : terms) {
            if (weighted.term().matches(asking.namespace(), other)) {
                likes.add(node, weighted.term().topologyKey(), (long) sign * weighted.weight());
            }
        }
    }

    private record Score(DomainCounts likes) implements NodeScore {

        @Override
        public long rate(NodeInfo node) {
            return likes.sum(node);
        }

        @Override
        public void normalize(List<NodeInfo> nodes, long[] ratings) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (long rating : ratings) {
                least = Math.min(least, rating);
                most = Math.max(most, rating);
            }
            for (int i = 0; i < ratings.length; i++) {
                double share = most > least ? MAX_SCORE * (double) (ratings[i] - least) / (most - least) : 0;
                ratings[i] = (long) share;
            }
        }
    }
}
