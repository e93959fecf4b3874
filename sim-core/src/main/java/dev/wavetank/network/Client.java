package dev.wavetank.network;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a Service, each over a connection of its own, and counts what becomes of them. Open loop: it sends when
 * its load says so, however slow the answers.
 */
public final class Client {

    /** Sees every request at its end. */
    @FunctionalInterface
    public interface Observer {
        /**
         * A request ended now.
         *
         * @param sentAt when it was sent
         * @param podName who answered, or should have; null if no pod was picked
         * @param failure what went wrong; null if it was answered
         */
        void ended(long sentAt, @Nullable String podName, @Nullable Failure failure);
    }

    /** Finds the pod a new connection goes to. */
    @FunctionalInterface
    public interface Route {
        /** The address picked for a new connection, or null if it is refused. */
        @Nullable
        PodAddress pick();
    }

    private final Simulation simulation;
    private final Traffic traffic;
    private final Route route;
    private final List<Load> phases;
    private final Distribution oneWay;
    private final RandomStream arrivals;
    private final RandomStream network;
    private final Observer observer;
    private final Deque<Request> idle = new ArrayDeque<>();

    private int phase;
    private long phaseEnd;
    private long phaseSent;
    private boolean stopped;

    /** A client that begins when {@link #start} is called. */
    public Client(
            Simulation simulation,
            String name,
            Route route,
            List<Load> phases,
            Distribution oneWay,
            Observer observer) {
        this.simulation = simulation;
        this.traffic = new Traffic(name);
        this.route = route;
        this.phases = List.copyOf(phases);
        this.oneWay = oneWay;
        this.arrivals = simulation.random().stream("client/" + name + "/arrivals");
        this.network = simulation.random().stream("client/" + name + "/network");
        this.observer = observer;
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Begins with the first phase of the load. */
    public void start() {
        phase = -1;
        nextPhase();
    }

    /** Sends nothing more; what is on its way still comes back. */
    public void stop() {
        stopped = true;
    }

    private void nextPhase() {
        if (++phase >= phases.size()) {
            stopped = true;
            return;
        }
        Load load = phases.get(phase);
        long now = simulation.now();
        phaseEnd = load.durationNanos() > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + load.durationNanos();
        phaseSent = 0;
        simulation.after(load.nextGapNanos(arrivals), this::tick);
    }

    private void tick() {
        if (stopped) {
            return;
        }
        Load load = phases.get(phase);
        if (simulation.now() >= phaseEnd || phaseSent >= load.requests()) {
            nextPhase();
            return;
        }
        send();
        phaseSent++;
        if (phaseSent >= load.requests()) {
            nextPhase();
        } else {
            simulation.after(load.nextGapNanos(arrivals), this::tick);
        }
    }

    private void send() {
        traffic.countSent();
        Request request = idle.poll();
        if (request == null) {
            request = new Request(simulation, this);
        }
        PodAddress picked = route.pick();
        if (picked == null) {
            request.refuseAtOnce(Failure.REFUSED, Failure.REFUSED.afterNanos());
        } else {
            request.sendTo(picked, oneWay.sampleNanos(network));
        }
    }

    void ended(Request request, @Nullable Failure failure) {
        PodAddress address = request.address();
        if (failure == null && address != null) {
            traffic.countAnswer(address, simulation.now() - request.sentAt());
        } else {
            traffic.countFailure(failure == null ? Failure.TIMEOUT : failure);
        }
        observer.ended(request.sentAt(), address == null ? null : address.podName(), failure);
        idle.push(request);
    }
}
