package dev.wavetank.cluster;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WatchDelay;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Load;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue outside the cluster whose messages the pods of a Deployment work off: each ready pod takes so many at a time, the
 * longest waiting first. What a pod had taken when its process ended goes back to the front.
 *
 * <p>A pod that is asked to go takes no more. The length counts what is being worked on too, as brokers count messages that
 * have been delivered and not acknowledged.
 */
public final class WorkQueue {

    /** A process that takes messages, with those it is at. */
    private static final class Worker {
        final AppServer process;
        int busy;

        Worker(AppServer process) {
            this.process = process;
        }
    }

    private final Simulation simulation;
    private final Cluster cluster;
    private final String name;
    private final String deployment;
    private final Distribution time;
    private final int concurrency;
    private final List<Load> arrivals;
    private final RandomStream arrivalDice;
    private final RandomStream workDice;
    private final Deque<Long> messages = new ArrayDeque<>();
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private int phase = -1;
    private long phaseStart;
    private long phaseSent;
    private int busy;
    private long arrived;
    private long done;
    private int longest;
    private long longestWaitNanos;

    /**
     * An empty queue that begins when {@link #start} is called.
     *
     * @param deployment whose pods work it off
     * @param time how long a pod works on a message
     * @param concurrency how many messages a pod works on at a time
     */
    WorkQueue(
            Simulation simulation,
            Cluster cluster,
            String name,
            List<Load> arrivals,
            String deployment,
            Distribution time,
            int concurrency) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.name = name;
        this.arrivals = List.copyOf(arrivals);
        this.deployment = deployment;
        this.time = time;
        this.concurrency = concurrency;
        this.arrivalDice = simulation.random().stream("queue/" + name + "/arrivals");
        this.workDice = simulation.random().stream("queue/" + name + "/work");
    }

    /** Messages come from now on. */
    public void start() {
        cluster.store().watch(ResourceKind.POD, WatchDelay.NONE, event -> {
            // what has changed is looked at once the write is done
            simulation.after(0, this::refresh);
        });
        refresh();
        nextPhase();
    }

    private void nextPhase() {
        if (++phase < arrivals.size()) {
            phaseStart = simulation.now();
            phaseSent = 0;
            plan();
        }
    }

    private void plan() {
        Load load = arrivals.get(phase);
        long elapsed = simulation.now() - phaseStart;
        if (!(load instanceof Load.Open open)) {
            throw new IllegalStateException("messages do not wait for answers");
        }
        long gap = phaseSent >= load.requests() ? Load.NONE : open.nextGapNanos(arrivalDice, elapsed, phaseSent);
        boolean within = gap != Load.NONE && gap <= load.durationNanos() - elapsed;
        if (within) {
            simulation.after(gap, this::arrive);
        } else if (load.durationNanos() != Load.NONE) {
            simulation.after(Math.max(0, load.durationNanos() - elapsed), this::nextPhase);
        }
    }

    private void arrive() {
        phaseSent++;
        arrived++;
        messages.add(simulation.now());
        longest = Math.max(longest, length());
        deliver();
        plan();
    }

    /** Looks which processes there are by now. */
    private void refresh() {
        Map<String, Worker> before = new LinkedHashMap<>(workers);
        workers.clear();
        for (Pod pod : cluster.podsOf(deployment)) {
            AppServer process = pod.isReady() && !pod.metadata().isBeingDeleted() ? cluster.processOf(pod) : null;
            if (process != null) {
                Worker known = before.get(pod.name());
                workers.put(pod.name(), known != null && known.process == process ? known : new Worker(process));
            }
        }
        deliver();
    }

    private void deliver() {
        while (!messages.isEmpty()) {
            Worker free = null;
            for (Worker worker : workers.values()) {
                boolean takes = worker.process.isAlive() && worker.busy < concurrency;
                if (takes && (free == null || worker.busy < free.busy)) {
                    free = worker;
                }
            }
            if (free == null) {
                return;
            }
            begin(free, messages.removeFirst());
        }
    }

    private void begin(Worker worker, long since) {
        worker.busy++;
        busy++;
        longestWaitNanos = Math.max(longestWaitNanos, simulation.now() - since);
        simulation.after(time.sampleNanos(workDice), () -> {
            worker.busy--;
            busy--;
            if (worker.process.isAlive()) {
                done++;
            } else {
                messages.addFirst(since);
            }
            deliver();
        });
    }

    public String name() {
        return name;
    }

    /** Messages that wait or are being worked on. */
    public int length() {
        return messages.size() + busy;
    }

    /** Messages that have come so far. */
    public long arrived() {
        return arrived;
    }

    /** Messages that have been worked off. */
    public long done() {
        return done;
    }

    /** The greatest length so far. */
    public int longest() {
        return longest;
    }

    /** The longest any message has waited for a pod to take it, in nanoseconds. */
    public long longestWaitNanos() {
        return longestWaitNanos;
    }
}
