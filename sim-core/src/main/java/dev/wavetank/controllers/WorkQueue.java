package dev.wavetank.controllers;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Times;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The queue every controller works from: a key waits in it once however often it is added, is never worked on twice at the
 * same time, and comes back later after an error.
 *
 * <p>Source: kubernetes 1.36 client-go util/workqueue, with its default rate limiter: 5 ms doubling per key up to 1,000 s,
 * and not more than 10 retries a second overall after a burst of 100.
 */
public final class WorkQueue<K> {

    /** What one run of work reports when it is done, possibly much later. */
    public enum Outcome {
        /** Forgets earlier errors of the key. */
        DONE,
        /** Adds the key again after its back-off. */
        RETRY
    }

    private static final long FIRST_RETRY_NANOS = 5 * Times.MILLISECOND;
    private static final long LONGEST_RETRY_NANOS = 1000 * Times.SECOND;
    private static final long OVERALL_INTERVAL_NANOS = Times.SECOND / 10;
    private static final long OVERALL_BURST_NANOS = 99 * OVERALL_INTERVAL_NANOS;

    private final Simulation simulation;
    private final BiConsumer<K, java.util.function.Consumer<Outcome>> work;
    private final Distribution computeTime;
    private final RandomStream random;
    private final int workers;

    private final Deque<K> waiting = new ArrayDeque<>();
    private final Set<K> dirty = new HashSet<>();
    private final Set<K> inWork = new HashSet<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final Map<K, Long> delayed = new HashMap<>();
    private int busyWorkers;
    private long overallArrival = -OVERALL_BURST_NANOS;

    /**
     * A queue with its workers.
     *
     * @param workers keys worked on at the same time, ≥ 1
     * @param computeTime what a worker needs before {@code work} is called
     * @param work does one key and reports its outcome exactly once
     */
    public WorkQueue(
            Simulation simulation,
            String name,
            int workers,
            Distribution computeTime,
            BiConsumer<K, java.util.function.Consumer<Outcome>> work) {
        this.simulation = simulation;
        this.workers = workers;
        this.computeTime = computeTime;
        this.random = simulation.random().stream("work-queue/" + name);
        this.work = work;
    }

    /** Adds a key; one that waits already waits once, one that is being worked on is worked on again afterwards. */
    public void add(K key) {
        if (!dirty.add(key)) {
            return;
        }
        if (!inWork.contains(key)) {
            waiting.add(key);
            startWorkers();
        }
    }

    /** Adds a key later; of several such wishes for one key the earliest holds. */
    public void addAfter(K key, long delayNanos) {
        if (delayNanos <= 0) {
            add(key);
            return;
        }
        long at = simulation.now() + delayNanos;
        Long planned = delayed.get(key);
        if (planned != null && planned <= at) {
            return;
        }
        delayed.put(key, at);
        simulation.at(at, () -> {
            // an earlier wish may have been granted in the meantime
            if (delayed.remove(key, at)) {
                add(key);
            }
        });
    }

    /** Adds a key after the back-off its errors in a row have earned it. */
    public void addRateLimited(K key) {
        int failed = failures.merge(key, 1, Integer::sum) - 1;
        long own = failed >= 18 ? LONGEST_RETRY_NANOS : Math.min(FIRST_RETRY_NANOS << failed, LONGEST_RETRY_NANOS);
        long now = simulation.now();
        long overall = Math.max(now, overallArrival - OVERALL_BURST_NANOS) - now;
        overallArrival = Math.max(overallArrival, now) + OVERALL_INTERVAL_NANOS;
        addAfter(key, Math.max(own, overall));
    }

    /** How often the key has failed in a row. */
    public int failures(K key) {
        return failures.getOrDefault(key, 0);
    }

    /** Forgets the key's errors. */
    public void forget(K key) {
        failures.remove(key);
    }

    private void startWorkers() {
        while (busyWorkers < workers && !waiting.isEmpty()) {
            K key = waiting.remove();
            busyWorkers++;
            inWork.add(key);
            simulation.after(computeTime.sampleNanos(random), () -> {
                // what is added from here on is not yet seen by this run
                dirty.remove(key);
                work.accept(key, outcome -> finish(key, outcome));
            });
        }
    }

    private void finish(K key, Outcome outcome) {
        busyWorkers--;
        inWork.remove(key);
        if (dirty.contains(key)) {
            waiting.add(key);
        }
        if (outcome == Outcome.DONE) {
            forget(key);
        } else {
            addRateLimited(key);
        }
        startWorkers();
    }
}
