package dev.wavetank.network;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.AppBehavior;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The process in a container: starts, listens, works on requests, answers probes, and ends. A new one is made for every
 * run of a container.
 */
public final class AppServer {

    /** Hears of the end of the process. */
    @FunctionalInterface
    public interface ExitListener {
        void exited(int exitCode);
    }

    public static final int EXIT_SIGKILL = 137;

    private final Simulation simulation;
    private final AppBehavior behavior;
    private final RandomStream random;
    private final ExitListener exitListener;
    private final Deque<Request> queue = new ArrayDeque<>();
    private @Nullable Request[] inService = new Request[8];
    private int inServiceCount;

    private boolean listening;
    private boolean alive = true;
    private boolean ready = true;
    private boolean stopping;
    private boolean hung;
    private long cpuNanos;

    /** Starts a process now. */
    public AppServer(Simulation simulation, AppBehavior behavior, RandomStream random, ExitListener exitListener) {
        this.simulation = simulation;
        this.behavior = behavior;
        this.random = random;
        this.exitListener = exitListener;
        simulation.after(behavior.startup().sampleNanos(random), () -> listening = alive && !stopping);
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

    /** Processor time used so far, in nanoseconds. */
    public long cpuNanos() {
        return cpuNanos;
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

    void accept(Request request) {
        if (!hung && inServiceCount < behavior.concurrency()) {
            begin(request);
        } else {
            queue.add(request);
        }
    }

    void finished(Request request) {
        drop(request);
        Request next = queue.poll();
        if (next != null) {
            begin(next);
        }
    }

    private void begin(Request request) {
        if (inServiceCount == inService.length) {
            inService = Arrays.copyOf(inService, 2 * inServiceCount);
        }
        inService[inServiceCount] = request;
        request.setSlot(inServiceCount++);
        cpuNanos += behavior.requestCpu().sampleNanos(random);
        request.beginService(this, behavior.requestTime().sampleNanos(random));
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
        listening = false;
        for (int i = 0; i < inServiceCount; i++) {
            Request cut = inService[i];
            if (cut != null) {
                cut.failFromServer(Failure.RESET);
            }
        }
        inServiceCount = 0;
        queue.forEach(waiting -> waiting.failFromServer(Failure.RESET));
        queue.clear();
        exitListener.exited(exitCode);
    }
}
