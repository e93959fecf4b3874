package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.AppBehavior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The process in a container: starts, listens, works on requests, answers probes, and ends. A new one is made for every
 * run of a container.
 *
 * <p>A request waits in the queue for one of the process's workers, then for its share of the processor, then for whatever
 * takes time without one, then for other Services it has to ask, and is answered.
 */
public final class AppServer {

    /** Hears of the end of the process. */
    @FunctionalInterface
    public interface ExitListener {
        void exited(int exitCode);
    }

    public static final int EXIT_SIGKILL = 137;

    private static final double MILLIS_PER_CORE = 1000;

    private final Simulation simulation;
    private final AppBehavior behavior;
    private final AppBehavior.Work work;
    private final RandomStream random;
    private final ExitListener exitListener;
    private final CpuShare cpu;
    private final RequestQueue queue = new RequestQueue();
    private @Nullable Request[] inService = new @Nullable Request[8];
    private int inServiceCount;

    private @Nullable Function<AppBehavior.Call, Caller> dialer;
    private final List<Caller> dependencies = new ArrayList<>();

    private boolean listening;
    private boolean alive = true;
    private boolean ready = true;
    private boolean stopping;
    private boolean hung;
    private boolean outOfMemory;
    private AppBehavior.Limits limits;
    private final long startedAt;
    private long memoryTimer;
    private long listeningSince;
    private long idleConnectionsClosedAt = Long.MAX_VALUE;
    private long accepted;
    private long answered;
    private int longestQueue;

    /** Starts a process now. */
    public AppServer(Simulation simulation, AppBehavior behavior, RandomStream random, ExitListener exitListener) {
        this.simulation = simulation;
        this.behavior = behavior;
        this.work = behavior.request();
        this.random = random;
        this.exitListener = exitListener;
        this.limits = behavior.limits();
        this.startedAt = simulation.now();
        this.cpu = new CpuShare(simulation, limits.cores(), quotaNanos());
        watchMemory();
        simulation.after(behavior.startup().sampleNanos(random), () -> {
            listening = alive && !stopping;
            listeningSince = simulation.now();
        });
    }

    /** True while new connections are accepted. */
    public boolean isListening() {
        return listening;
    }

    public boolean isAlive() {
        return alive;
    }

    /** Requests being worked on or waiting. */
    public int inFlight() {
        return inServiceCount + queue.size();
    }

    /** Requests that wait for a worker. */
    public int queued() {
        return queue.size();
    }

    /** The most requests that ever waited for a worker at once. */
    public int longestQueue() {
        return longestQueue;
    }

    /** Requests taken in so far. */
    public long accepted() {
        return accepted;
    }

    /** Requests answered so far, with whatever answer. */
    public long answered() {
        return answered;
    }

    /** Processor time used so far, in nanoseconds; only ever grows. */
    public long cpuNanos() {
        return Math.round(cpu.usedNanos());
    }

    /** How long requests have waited because the CPU limit was used up, in nanoseconds. */
    public long throttledNanos() {
        return Math.round(cpu.throttledNanos());
    }

    /** In how many periods of 100 ms the CPU limit was used up. */
    public long throttledPeriods() {
        return cpu.throttledPeriods();
    }

    /** Memory in use. */
    public long memoryBytes() {
        return alive ? behavior.memory().bytes(inFlight(), answered, simulation.now() - startedAt) : 0;
    }

    /** The kernel holds the process to other limits from now on. */
    public void setLimits(AppBehavior.Limits changed) {
        limits = changed;
        cpu.setQuota(quotaNanos());
        simulation.cancel(memoryTimer);
        watchMemory();
    }

    public AppBehavior.Limits limits() {
        return limits;
    }

    private double quotaNanos() {
        return limits.cpuMillis() / MILLIS_PER_CORE * CpuShare.PERIOD_NANOS;
    }

    /** Memory that grows by itself meets its limit without any request. */
    private void watchMemory() {
        memoryTimer = 0;
        Long after = limits.memoryBytes() == 0 ? null : behavior.memory().exceedsAfterNanos(limits.memoryBytes());
        if (after != null && alive) {
            memoryTimer = simulation.at(Math.max(simulation.now(), startedAt + after), this::killIfOutOfMemory);
        }
    }

    private void killIfOutOfMemory() {
        if (limits.memoryBytes() > 0 && alive && memoryBytes() > limits.memoryBytes()) {
            outOfMemory = true;
            exit(EXIT_SIGKILL);
        }
    }

    /** True if the kernel ended the process because it needed more than its memory limit. */
    public boolean isOomKilled() {
        return outOfMemory;
    }

    /** Turns the answer to readiness probes on or off, as {@code POST /ready/disable} does. */
    public void setReady(boolean ready) {
        this.ready = ready;
    }

    /** True unless told to call itself not ready. */
    public boolean isReady() {
        return ready;
    }

    /** Makes the process hang: it still accepts connections, but answers nothing and no probe. */
    public void setHung(boolean hung) {
        this.hung = hung;
        if (!hung) {
            beginWaiting();
        }
    }

    public boolean isHung() {
        return hung;
    }

    /** Asks the process to end: SIGTERM. */
    public void terminate() {
        if (!alive || stopping) {
            return;
        }
        stopping = true;
        listening = listening && behavior.listensWhileDraining();
        if (behavior.closesIdleConnections()) {
            idleConnectionsClosedAt = simulation.now();
        }
        simulation.after(behavior.drain().sampleNanos(random), () -> exit(0));
    }

    /** Ends the process: SIGKILL. */
    public void kill() {
        exit(EXIT_SIGKILL);
    }

    /** Ends the process by its own fault. */
    public void crash(int exitCode) {
        exit(exitCode);
    }

    /** Says how the process reaches other Services. */
    void attach(Function<AppBehavior.Call, Caller> dialer) {
        this.dialer = dialer;
    }

    /** From when on connections without a request are closed at this end; the end of time as long as they are not. */
    long closedIdleConnectionsAt() {
        return idleConnectionsClosedAt;
    }

    void accept(Request request) {
        accepted++;
        request.hold(this);
        if (!hung && inServiceCount < work.concurrency()) {
            begin(request);
        } else if (queue.size() < work.queue()) {
            queue.add(request);
            longestQueue = Math.max(longestQueue, queue.size());
        } else {
            answered++;
            request.answer(Failure.OVERLOADED);
        }
        killIfOutOfMemory();
    }

    private void begin(Request request) {
        if (inServiceCount == inService.length) {
            inService = Arrays.copyOf(inService, 2 * inServiceCount);
        }
        inService[inServiceCount] = request;
        request.setSlot(inServiceCount++);
        double slowdown = behavior.warmUp().slowdown(simulation.now() - listeningSince);
        long cpuNanos = (long) ((double) work.cpu().sampleNanos(random) * slowdown);
        long nanos = (long) ((double) work.time().sampleNanos(random) * slowdown);
        request.setWaitNanos(Math.max(0, nanos - cpuNanos));
        if (cpuNanos > 0) {
            cpu.add(request, (double) cpuNanos);
        } else {
            request.needsOnlyTime();
        }
    }

    /** A request's own work is done; now others may have to be asked. */
    void workDone(Request request) {
        ImmutableList<AppBehavior.Call> calls = behavior.calls();
        if (request.callsMade() < calls.size()) {
            Caller dependency = dependency(request.callsMade());
            request.await(dependency, dependency.call(0, request));
        } else {
            finish(request, work.errorRate() > 0 && random.nextBoolean(work.errorRate()) ? Failure.ERROR : null);
        }
    }

    /** Another Service has answered, or failed to. */
    void callReturned(Request request, @Nullable Failure failure) {
        boolean fails = failure != null
                && !behavior.calls().get(request.callsMade() - 1).optional();
        if (fails) {
            finish(request, Failure.ERROR);
        } else {
            workDone(request);
        }
    }

    private Caller dependency(int index) {
        Function<AppBehavior.Call, Caller> known = dialer;
        if (known == null) {
            throw new IllegalStateException("the process is not attached to a network");
        }
        while (dependencies.size() <= index) {
            dependencies.add(known.apply(behavior.calls().get(dependencies.size())));
        }
        return dependencies.get(index);
    }

    private void finish(Request request, @Nullable Failure failure) {
        drop(request);
        if (hung) {
            request.loseAnswer();
        } else {
            answered++;
            request.answer(failure);
        }
        beginWaiting();
    }

    private void beginWaiting() {
        while (!hung && alive && inServiceCount < work.concurrency()) {
            Request next = queue.poll();
            if (next == null) {
                return;
            }
            begin(next);
        }
    }

    /** Takes a request off the list; the last one moves into its place. */
    private void drop(Request request) {
        Request last = inService[--inServiceCount];
        inService[inServiceCount] = null;
        if (last != null && last != request) {
            inService[request.slot()] = last;
            last.setSlot(request.slot());
        }
        request.setSlot(-1);
    }

    private void exit(int exitCode) {
        if (!alive) {
            return;
        }
        alive = false;
        simulation.cancel(memoryTimer);
        memoryTimer = 0;
        listening = false;
        idleConnectionsClosedAt = Math.min(idleConnectionsClosedAt, simulation.now());
        cpu.clear();
        for (int i = 0; i < inServiceCount; i++) {
            Request cut = inService[i];
            inService[i] = null;
            if (cut != null) {
                cut.failFromServer(Failure.RESET);
            }
        }
        inServiceCount = 0;
        for (Request waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.failFromServer(Failure.RESET);
        }
        exitListener.exited(exitCode);
    }
}
