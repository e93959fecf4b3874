package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who has to go so that a pod of higher priority can run, and where.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/preemption pickOneNodeForPreemption and
 * plugins/defaultpreemption SelectVictimsOnNode.
 *
 * @param node where the pod is to run
 * @param victims the keys of the pods that go, the most important first
 */
public record PreemptionVictims(String node, ImmutableList<String> victims) {

    private record Candidate(String node, List<PodInfo> victims, long violations) {

        int highestPriority() {
            return victims.get(0).needs().priority();
        }

        long sumOfPriorities() {
            // negative priorities must not make more victims look like less harm
            return victims.stream()
                    .mapToLong(victim -> (long) victim.needs().priority() + Integer.MAX_VALUE + 1)
                    .sum();
        }

        long earliestStartOfHighest(ToLongFunction<String> startOf) {
            return victims.stream()
                    .filter(victim -> victim.needs().priority() == highestPriority())
                    .mapToLong(victim -> startOf.applyAsLong(victim.key()))
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /**
     * Chooses among the nodes that could take the pod if all of lower priority went: the one where the fewest victims are
     * protected by a budget, then the one where the most important victim counts least, then the one with the least priority in sum, the fewest victims, the one whose most important victim
     * started last, and at last the first.
     *
     * @param candidates names of those nodes
     * @param startOf when a pod started, by its key
     * @param protectedOf which of some pods, by key and the most important first, no PodDisruptionBudget lets go if all went
     * @return null if there is no such node after all
     */
    public static @Nullable PreemptionVictims choose(
            IncomingPod pod,
            ClusterSnapshot cluster,
            List<String> candidates,
            ToLongFunction<String> startOf,
            Function<List<String>, Set<String>> protectedOf) {
        List<Candidate> choices = new ArrayList<>();
        for (String name : candidates) {
            NodeInfo node = cluster.node(name);
            Candidate choice = node == null ? null : on(node, pod, cluster, startOf, protectedOf);
            if (choice != null && !choice.victims().isEmpty()) {
                choices.add(choice);
            }
        }
        return choices.stream()
                .min(Comparator.comparingLong(Candidate::violations)
                        .thenComparingInt(Candidate::highestPriority)
                        .thenComparingLong(Candidate::sumOfPriorities)
                        .thenComparingInt(choice -> choice.victims().size())
                        .thenComparing(
                                Comparator.comparingLong((Candidate choice) -> choice.earliestStartOfHighest(startOf))
                                        .reversed()))
                .map(choice -> new PreemptionVictims(
                        choice.node(),
                        choice.victims().stream().map(PodInfo::key).collect(ImmutableList.toImmutableList())))
                .orElse(null);
    }

    /**
     * All pods of lower priority go in thought, and come back one by one while there is room: those a budget protects first,
     * and the most important first.
     */
    private static @Nullable Candidate on(
            NodeInfo node,
            IncomingPod pod,
            ClusterSnapshot cluster,
            ToLongFunction<String> startOf,
            Function<List<String>, Set<String>> protectedOf) {
        List<PodInfo> lower = new ArrayList<>(node.pods().stream()
                .filter(each -> each.needs().priority() < pod.needs().priority())
                .toList());
        lower.sort(Comparator.comparingInt((PodInfo each) -> each.needs().priority())
                .reversed()
                .thenComparingLong(each -> startOf.applyAsLong(each.key())));
        Set<String> guarded = protectedOf.apply(lower.stream().map(PodInfo::key).toList());
        List<PodInfo> back = new ArrayList<>(lower);
        // a stable sort: importance decides among equals
        back.sort(Comparator.comparing(each -> !guarded.contains(each.key())));
        lower.forEach(each -> cluster.removePod(each.key()));
        List<PodInfo> victims = new ArrayList<>();
        boolean fits = Scheduling.fits(pod, cluster, node);
        for (PodInfo each : back) {
            cluster.putPod(each, node.name());
            if (fits && !Scheduling.fits(pod, cluster, node)) {
                cluster.removePod(each.key());
                victims.add(each);
            }
        }
        victims.forEach(victim -> cluster.putPod(victim, node.name()));
        long violations =
                victims.stream().filter(each -> guarded.contains(each.key())).count();
        victims.sort(Comparator.comparingInt(lower::indexOf));
        return fits ? new Candidate(node.name(), victims, violations) : null;
    }
}
