package dev.wavetank.controllers;

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
 * which come back with a back-off once something in the cluster has changed.
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

    private record Waiting(String uid, int priority, long since) {}

    private static final long FIRST_BACK_OFF = Times.SECOND;
    private static final long LONGEST_BACK_OFF = 10 * Times.SECOND;
    private static final long LONGEST_WAIT = 300 * Times.SECOND;

    private final Simulation simulation;
    private final Runnable onActive;
    private final TreeMap<Rank, String> active = new TreeMap<>();
    private final Map<String, Rank> ranks = new HashMap<>();
    private final Map<String, Waiting> unschedulable = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private long sequence;

    /** A queue that calls {@code onActive} whenever there may be a pod to try. */
    SchedulingQueue(Simulation simulation, Runnable onActive) {
        this.simulation = simulation;
        this.onActive = onActive;
    }

    boolean isEmpty() {
        return active.isEmpty();
    }

    void add(String uid, int priority) {
        Rank rank = new Rank(priority, sequence++);
        Rank before = ranks.put(uid, rank);
        if (before != null) {
            active.remove(before);
        }
        active.put(rank, uid);
        onActive.run();
    }

    /** The next pod to try; null if there is none. */
    @Nullable
    String poll() {
        Map.Entry<Rank, String> first = active.pollFirstEntry();
        if (first == null) {
            return null;
        }
        ranks.remove(first.getValue());
        return first.getValue();
    }

    /** Takes back a pod that no node could take. */
    void addUnschedulable(String uid, int priority) {
        attempts.merge(uid, 1, Integer::sum);
        Waiting waiting = new Waiting(uid, priority, simulation.now());
        unschedulable.put(uid, waiting);
        simulation.after(LONGEST_WAIT, () -> {
            if (waiting.equals(unschedulable.get(uid))) {
                release(waiting);
            }
        });
    }

    /** Drops a pod that has been placed or is gone. */
    void remove(String uid) {
        Rank rank = ranks.remove(uid);
        if (rank != null) {
            active.remove(rank);
        }
        unschedulable.remove(uid);
        attempts.remove(uid);
    }

    /** A node came or changed, or a pod left one: what was in vain may work now. */
    void clusterChanged() {
        List<Waiting> all = new ArrayList<>(unschedulable.values());
        all.forEach(this::release);
    }

    private void release(Waiting waiting) {
        unschedulable.remove(waiting.uid());
        int tried = attempts.getOrDefault(waiting.uid(), 1);
        long backOff = Math.min(FIRST_BACK_OFF << Math.min(tried - 1, 10), LONGEST_BACK_OFF);
        // the back-off ends with a whole second, when the queue is flushed
        long at = Math.max(Times.stored(waiting.since() + backOff), simulation.now());
        simulation.at(at, () -> {
            if (attempts.containsKey(waiting.uid())) {
                add(waiting.uid(), waiting.priority());
            }
        });
    }
}
