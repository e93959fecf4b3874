package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.wavetank.model.Pod;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Picks the pods a ReplicaSet with too many of them deletes.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset getPodsToDelete.
 */
public final class PodDeletion {

    /** Runs this short are sorted by insertion, as Go does with lists of that length; so ties and cycles come out alike. */
    private static final int INSERTION_RUN = 12;

    private PodDeletion() {}

    /**
     * Who goes and who stays.
     *
     * @param victims in the order they were chosen; unsorted if everybody goes
     * @param spared the others, the next to go first
     */
    public record Selection(
            VictimOrder order, ImmutableList<VictimCandidate> victims, ImmutableList<VictimCandidate> spared) {

        public ImmutableList<Pod> pods() {
            return victims.stream().map(VictimCandidate::pod).collect(ImmutableList.toImmutableList());
        }

        /** Why the n-th victim (from 0) had to go: what sets it apart from the first pod that was spared. */
        public String reason(int n) {
            VictimCandidate victim = victims.get(n);
            return spared.isEmpty() ? victim.name() + ": every pod goes" : order.explain(victim, spared.get(0));
        }
    }

    /**
     * Chooses {@code count} of the active pods.
     *
     * @param active the ReplicaSet's active pods
     * @param perNode the active pods of the whole workload by node
     * @param count pods to delete, 0 to {@code active.size()}
     * @param now the one instant against which all ages are taken
     */
    public static Selection podsToDelete(
            List<Pod> active, PodsPerNode perNode, int count, long now, VictimOrder order, TieBreak tieBreak) {
        if (count < 0 || count > active.size()) {
            throw new IllegalArgumentException("cannot delete " + count + " of " + active.size() + " pods");
        }
        VictimCandidate[] candidates = drawn(active, tieBreak).stream()
                .map(pod -> VictimCandidate.of(pod, perNode.rankOf(pod), now))
                .toArray(VictimCandidate[]::new);
        if (count < candidates.length) {
            sort(candidates, order);
        }
        ImmutableList<VictimCandidate> sorted = ImmutableList.copyOf(candidates);
        return new Selection(order, sorted.subList(0, count), sorted.subList(count, sorted.size()));
    }

    /** The pods in the order of their tie-break numbers, each asked for once. */
    private static List<Pod> drawn(List<Pod> pods, TieBreak tieBreak) {
        if (tieBreak == TieBreak.AS_GIVEN) {
            return pods;
        }
        record Ticket(long number, Pod pod) {}
        Ticket[] tickets = new Ticket[pods.size()];
        for (int i = 0; i < tickets.length; i++) {
            tickets[i] = new Ticket(tieBreak.of(pods.get(i)), pods.get(i));
        }
        Arrays.sort(tickets, Comparator.comparingLong(Ticket::number));
        return Lists.transform(Arrays.asList(tickets), Ticket::pod);
    }

    /** A stable merge sort that asks only about neighbours and never about consistency. */
    private static void sort(VictimCandidate[] candidates, VictimOrder order) {
        int length = candidates.length;
        for (int from = 0; from < length; from += INSERTION_RUN) {
            insertionSort(candidates, from, Math.min(from + INSERTION_RUN, length), order);
        }
        VictimCandidate[] source = candidates;
        VictimCandidate[] target = new VictimCandidate[length];
        for (int width = INSERTION_RUN; width < length; width *= 2) {
            for (int from = 0; from < length; from += 2 * width) {
                merge(source, from, Math.min(from + width, length), Math.min(from + 2 * width, length), target, order);
            }
            VictimCandidate[] done = target;
            target = source;
            source = done;
        }
        if (source != candidates) {
            System.arraycopy(source, 0, candidates, 0, length);
        }
    }

    private static void insertionSort(VictimCandidate[] pods, int from, int to, VictimOrder order) {
        for (int i = from + 1; i < to; i++) {
            VictimCandidate moving = pods[i];
            int place = i;
            while (place > from && order.before(moving, pods[place - 1])) {
                pods[place] = pods[place - 1];
                place--;
            }
            pods[place] = moving;
        }
    }

    private static void merge(
            VictimCandidate[] source, int from, int middle, int to, VictimCandidate[] target, VictimOrder order) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle || (right < to && order.before(source[right], source[left]));
            target[i] = takeRight ? source[right++] : source[left++];
        }
    }
}
