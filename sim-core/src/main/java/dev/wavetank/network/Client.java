package dev.wavetank.network;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls a Service, phase by phase of a load: in an open loop as the load says, however slow the answers; in a
 * closed loop as users who wait for them.
 */
public final class Client {

    /** Sees every call at its end. */
    @FunctionalInterface
    public interface Observer {
        /**
         * A call ended.
         *
         * @param sentAt when it was sent
         * @param endedAt now, or a moment later if nothing can come between
         * @param podName who answered, or should have; null if no pod was picked
         * @param failure what went wrong; null if it was answered
         */
        void ended(long sentAt, long endedAt, @Nullable String podName, @Nullable Failure failure);
    }

    /** One user of a closed loop. */
    private final class User implements Event, Completion {

        private final Load.Users load;
        private final int epochOfUser;
        private final int source;

        User(Load.Users load, int epochOfUser, int source) {
            this.load = load;
            this.epochOfUser = epochOfUser;
            this.source = source;
        }

        @Override
        public void fire() {
            if (stopped || epoch != epochOfUser || simulation.now() >= phaseEnd) {
                return;
            }
            if (phaseSent < load.requests()) {
                phaseSent++;
                caller.call(source, this);
            } else {
                nextPhase();
            }
        }

        @Override
        public void ended(Caller by, long callId, @Nullable Failure failure) {
            simulation.after(load.think().sampleNanos(thinking), this);
        }
    }

    private final Simulation simulation;
    private final String name;
    private final Caller caller;
    private final RandomStream arrivals;
    private final RandomStream thinking;
    private final RandomStream sources;
    private final Event tick = this::tick;
    private List<Load> phases;

    private final int addresses;
    private Load.@Nullable Open openLoad;
    private int phase;

    /** Counts the phases of all loads, so that users of an earlier one know that it is over. */
    private int epoch;

    private long phaseStart;
    private long phaseEnd;
    private long phaseSent;
    private long timer;
    private boolean stopped;

    /** A client that begins when {@link #start} is called. */
    public Client(Simulation simulation, String name, Caller caller, List<Load> phases) {
        this.simulation = simulation;
        this.name = name;
        this.caller = caller;
        this.phases = List.copyOf(phases);
        this.addresses = caller.settings().addresses();
        this.arrivals = simulation.random().stream("client/" + name + "/arrivals");
        this.thinking = simulation.random().stream("client/" + name + "/thinking");
        this.sources = simulation.random().stream("client/" + name + "/sources");
    }

    public String name() {
        return name;
    }

    public Traffic traffic() {
        return caller.traffic();
    }

    /** Begins with the first phase of the load. */
    public void start() {
        caller.traffic().begin(simulation);
        begin();
    }

    /** Goes on with another load, from its first phase; what is on its way still comes back. */
    public void changeLoad(List<Load> phases) {
        this.phases = List.copyOf(phases);
        begin();
    }

    private void begin() {
        stopped = false;
        phase = -1;
        nextPhase();
    }

    /** Sends nothing more; what is on its way still comes back. */
    public void stop() {
        stopped = true;
    }

    private void nextPhase() {
        simulation.cancel(timer);
        timer = 0;
        epoch++;
        if (++phase >= phases.size()) {
            stopped = true;
            return;
        }
        Load load = phases.get(phase);
        phaseStart = simulation.now();
        phaseEnd = load.durationNanos() > Load.NONE - phaseStart ? Load.NONE : phaseStart + load.durationNanos();
        phaseSent = 0;
        openLoad = null;
        if (load instanceof Load.Open open) {
            openLoad = open;
            scheduleTick(open);
        } else if (load instanceof Load.Users users) {
            beginUsers(users);
        }
    }

    private void beginUsers(Load.Users users) {
        for (int i = 0; i < users.count(); i++) {
            User user = new User(users, epoch, i % caller.settings().addresses());
            simulation.after(users.rampUpNanos() / users.count() * i, user);
        }
        if (phaseEnd != Load.NONE) {
            timer = simulation.at(phaseEnd, tick);
        }
    }

    private void scheduleTick(Load.Open load) {
        long now = simulation.now();
        long gap = load.nextGapNanos(arrivals, now - phaseStart, phaseSent);
        long next = gap == Load.NONE ? phaseEnd : now + gap;
        if (next != Load.NONE) {
            timer = simulation.at(next, tick);
        }
    }

    private void tick() {
        timer = 0;
        if (stopped) {
            return;
        }
        Load.Open open = openLoad;
        if (open == null || simulation.now() >= phaseEnd) {
            nextPhase();
            return;
        }
        caller.call(addresses == 1 ? 0 : sources.nextInt(addresses), null);
        phaseSent++;
        if (phaseSent >= open.requests()) {
            nextPhase();
        } else {
            scheduleTick(open);
        }
    }
}
