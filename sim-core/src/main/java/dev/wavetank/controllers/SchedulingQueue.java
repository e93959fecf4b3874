package dev.wavetank.controllers;

import dev.wavetank.controllers.scheduling.SchedulingBackOff;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait for a node: those to be tried next, by priority and then by age, and those that were tried in vain,
 * which come back with a back-off once something in the cluster has changed. A scheduler that has nothing else to do does
 * not wait for the back-off.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/backend/queue.
 */
final class SchedulingQueue {

    private record Rank(int priority, long sequence) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int byPriority = Integer.compare(other.priority, priority);
            return byPriority != 0 ? byPriority : Long.compare(sequence, other.sequence);
        }
    }

    /** When a back-off ends, and whose. */
    private record Due(long at, Rank rank) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : rank.compareTo(other.rank);
        }
    }

    private record Waiting(String uid, int priority, long since) {}

    /** How often pods that were left alone for long are looked for. */
    private static final long LEFTOVER_LOOK = 30 * Times.SECOND;

    private final Simulation simulation;
    private final Runnable onActive;
    private final TreeMap<Rank, String> active = new TreeMap<>();
    private final TreeMap<Due, String> backingOff = new TreeMap<>();
    private final Map<String, Waiting> unschedulable = new LinkedHashMap<>();

    /** Only ever looked up by key, so its order cannot matter. */
    private final Map<String, Rank> ranks = new HashMap<>();

    private final Map<String, Due> dues = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private long sequence;

    /** A queue that calls {@code onActive} whenever there may be a pod to try. */
    SchedulingQueue(Simulation simulation, Runnable onActive) {
        this.simulation = simulation;
        this.onActive = onActive;
    }

    boolean isEmpty() {
        return active.isEmpty() && backingOff.isEmpty();
    }

    void add(String uid, int priority) {
        forget(uid);
        Rank rank = new Rank(priority, sequence++);
        ranks.put(uid, rank);
        active.put(rank, uid);
        onActive.run();
    }

    /** The next pod to try; null if there is none. */
    @Nullable
    String poll() {
        Map.Entry<Rank, String> first = active.pollFirstEntry();
        if (first != null) {
            ranks.remove(first.getValue());
            return first.getValue();
        }
        Map.Entry<Due, String> soonest = backingOff.pollFirstEntry();
        if (soonest == null) {
            return null;
        }
        dues.remove(soonest.getValue());
        return soonest.getValue();
    }

    /** Takes back a pod that no node could take. */
    void addUnschedulable(String uid, int priority) {
        attempts.merge(uid, 1, Integer::sum);
        Waiting waiting = new Waiting(uid, priority, simulation.now());
        unschedulable.put(uid, waiting);
        long leftAlone = simulation.now() + SchedulingBackOff.LEFT_ALONE_AT_MOST;
        simulation.at((leftAlone / LEFTOVER_LOOK + 1) * LEFTOVER_LOOK, () -> {
            if (waiting.equals(unschedulable.get(uid))) {
                release(waiting);
            }
        });
    }

    /** Drops a pod that has been placed or is gone. */
    void remove(String uid) {
        forget(uid);
        unschedulable.remove(uid);
        attempts.remove(uid);
    }

    private void forget(String uid) {
        Rank rank = ranks.remove(uid);
        if (rank != null) {
            active.remove(rank);
        }
        Due due = dues.remove(uid);
        if (due != null) {
            backingOff.remove(due);
        }
    }

    /** A node came or changed, or a pod left one: what was in vain may work now. */
    void clusterChanged() {
        if (!unschedulable.isEmpty()) {
            List<Waiting> all = new ArrayList<>(unschedulable.values());
            all.forEach(this::release);
        }
    }

    private void release(Waiting waiting) {
        unschedulable.remove(waiting.uid());
        int tried = attempts.getOrDefault(waiting.uid(), 1);
        // the back-off ends with a whole second, when the queue is flushed
        long ends = SchedulingBackOff.endsAt(waiting.since(), tried);
        if (ends <= simulation.now()) {
            add(waiting.uid(), waiting.priority());
            return;
        }
        forget(waiting.uid());
        Due due = new Due(ends, new Rank(waiting.priority(), sequence++));
        dues.put(waiting.uid(), due);
        backingOff.put(due, waiting.uid());
        simulation.at(ends, () -> {
            if (due.equals(dues.get(waiting.uid()))) {
                add(waiting.uid(), waiting.priority());
            }
        });
        onActive.run();
    }
}
