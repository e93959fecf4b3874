package dev.wavetank.autoscaling.knative;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets a limited number of requests run at a time and a limited number wait, first come, first served: the limiter of a
 * queue-proxy, and of a revision in an activator. Mutable; requests are named by the caller with numbers of its own.
 *
 * <p>Source: knative serving pkg/queue/breaker.go.
 */
public final class Breaker {

    /** What becomes of an arriving request. */
    public enum Admission {
        /** It runs. */
        STARTED,
        /** It waits; a later {@link #release} or {@link #setCapacity} starts it, unless it gives up before. */
        QUEUED,
        /** 503, "pending request queue full". */
        FULL
    }

    private static final int QUEUE_PER_SLOT = 10;

    private final int mostAtOnce;
    private final Set<Long> waiting = new LinkedHashSet<>();
    private int capacity;
    private int running;

    /**
     * Makes a breaker.
     *
     * @param queueDepth requests that may wait, on top of maxConcurrency
     * @param maxConcurrency requests that may run at the best of times; it only matters for how many may be there altogether
     * @param capacity requests that may run now
     */
    public Breaker(int queueDepth, int maxConcurrency, int capacity) {
        this.mostAtOnce = queueDepth + maxConcurrency;
        this.capacity = capacity;
    }

    /** The breaker of a queue-proxy: ten may wait for each that may run. */
    public static Breaker ofQueueProxy(int containerConcurrency) {
        return new Breaker(QUEUE_PER_SLOT * containerConcurrency, containerConcurrency, containerConcurrency);
    }

    /** A request arrives. */
    public Admission offer(long request) {
        if (running + waiting.size() >= mostAtOnce) {
            return Admission.FULL;
        }
        if (running < capacity) {
            running++;
            return Admission.STARTED;
        }
        waiting.add(request);
        return Admission.QUEUED;
    }

    /** A running request ends; returns the requests that start for it. */
    public List<Long> release() {
        running--;
        return startWaiting();
    }

    /** Other requests may run than before; running ones are not stopped. Returns the requests that start for it. */
    public List<Long> setCapacity(int newCapacity) {
        capacity = newCapacity;
        return startWaiting();
    }

    /** A request gives up waiting (503); false if it has started or left before. */
    public boolean giveUp(long request) {
        return waiting.remove(request);
    }

    private List<Long> startWaiting() {
        List<Long> started = new ArrayList<>();
        while (running < capacity && !waiting.isEmpty()) {
            long request = waiting.iterator().next();
            waiting.remove(request);
            running++;
            started.add(request);
        }
        return started;
    }
}
