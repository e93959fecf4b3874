package dev.wavetank.network;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Times;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call on its way: from the client over the network into the pod and back. It is its own event for every
 * step of that way, and its caller uses it again once it has ended, so that a running simulation allocates nothing per
 * request.
 *
 * <p>When the client gives up, the pod does not hear of it: the request goes on through the pod, and ends unheard.
 */
final class Request implements Event, Completion, Passage {

    private enum Step {
        /** Nothing is under way: before the first step, after the last, or lost without an answer. */
        IDLE,
        BACKING_OFF,
        /** On its way to a gate. */
        COMING,
        /** Kept waiting by a gate. */
        WAITING_AT_GATE,
        ARRIVING,
        /** In the pod's queue, or waiting for processor time, or for the answer of another Service. */
        HELD,
        IN_SERVICE,
        ANSWERED,
        FAILED
    }

    /** The first four repetitions of a packet that opens a connection come a second apart (net.ipv4.tcp_syn_linear_timeouts). */
    private static final long SYN_REPEATED_NANOS = Times.SECOND;

    private final Simulation simulation;
    private final Caller caller;
    private final Connection own = new Connection();

    /** Neighbours among the caller's attempts, in the order of sending; or the next that is free to be used. */
    @Nullable
    Request previous;

    @Nullable
    Request next;

    /** The next that waits for a connection, or in the pod's queue. */
    @Nullable
    Request nextWaiting;

    /** The attained service at which the processor is done with it, see {@link CpuShare}. */
    double cpuDoneAt;

    private Step step = Step.IDLE;
    private long callId;
    private int source;
    private int retries;
    private @Nullable Completion completion;
    private boolean heard;
    private boolean waiting;
    private long sentAt;
    private long attemptAt;
    private long oneWayNanos;
    private long timer;
    private @Nullable Connection connection;
    private @Nullable PodAddress address;
    private @Nullable Failure failure;

    private @Nullable Gate gate;
    private long arrivedAt;
    private @Nullable AppServer server;
    private int slot = -1;
    private long waitNanos;
    private int callsMade;
    private @Nullable Caller awaitedCaller;
    private long awaitedCall;

    Request(Simulation simulation, Caller caller) {
        this.simulation = simulation;
        this.caller = caller;
    }

    /** A new call. */
    void begin(long callId, int source, @Nullable Completion completion) {
        this.callId = callId;
        this.source = source;
        this.completion = completion;
        this.retries = 0;
        this.sentAt = simulation.now();
    }

    /** Another attempt of a call, later. */
    void retryAfter(Request failed, long waitNanos) {
        callId = failed.callId;
        source = failed.source;
        completion = failed.completion;
        retries = failed.retries + 1;
        sentAt = failed.sentAt;
        step = Step.BACKING_OFF;
        timer = simulation.after(waitNanos, this);
    }

    void beginAttempt(long now, long oneWayNanos) {
        this.attemptAt = now;
        this.oneWayNanos = oneWayNanos;
        step = Step.IDLE;
        heard = true;
        connection = null;
        address = null;
        failure = null;
        gate = null;
        server = null;
        callsMade = 0;
        awaitedCall = 0;
    }

    long callId() {
        return callId;
    }

    /** Which of the caller's addresses it comes from. */
    int source() {
        return source;
    }

    @Nullable
    Completion completion() {
        return completion;
    }

    int retries() {
        return retries;
    }

    /** When the call was made. */
    long sentAt() {
        return sentAt;
    }

    /** When this attempt of it was sent. */
    long attemptAt() {
        return attemptAt;
    }

    /** The connection it goes over; null if it has none yet, or was given none. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** A connection for this request alone. */
    Connection ownConnection() {
        return own;
    }

    /** The address that was picked for it; null if there was none to pick. */
    @Nullable
    PodAddress address() {
        return address;
    }

    boolean isWaiting() {
        return waiting;
    }

    void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    /** Where the request stands among those its server works on. */
    int slot() {
        return slot;
    }

    void setSlot(int slot) {
        this.slot = slot;
    }

    /** How many other Services its server has asked for it. */
    int callsMade() {
        return callsMade;
    }

    /**
     * Sends it to a pod.
     *
     * @param isNew the connection has to be made first, which takes a packet there and back
     */
    void sendOn(Connection connection, boolean isNew) {
        this.connection = connection;
        this.address = connection.address;
        step = Step.ARRIVING;
        timer = simulation.after(isNew ? 3 * oneWayNanos : oneWayNanos, this);
    }

    /** Sends it to a gate, which takes a packet there and back and another one there. */
    void comeTo(Gate gate, Connection connection) {
        this.gate = gate;
        this.connection = connection;
        step = Step.COMING;
        timer = simulation.after(3 * oneWayNanos, this);
    }

    @Override
    public long arrivedAt() {
        return arrivedAt;
    }

    @Override
    public void sendTo(PodAddress target) {
        Connection path = connectionAtGate();
        path.address = target;
        path.open = true;
        sendOn(path, false);
    }

    @Override
    public @Nullable Failure sendOver(Route route) {
        Connection path = connectionAtGate();
        Failure refused = route.open(path, simulation.now());
        if (refused == null) {
            sendOn(path, true);
        }
        return refused;
    }

    private Connection connectionAtGate() {
        Connection path = connection;
        if (path == null || step != Step.WAITING_AT_GATE) {
            throw new IllegalStateException("it does not wait at a gate");
        }
        return path;
    }

    @Override
    public void fail(Failure why) {
        failFromServer(why);
    }

    /** Whatever becomes of it now, it is no longer the gate's business. */
    private void leaveGate() {
        Gate left = gate;
        if (left != null) {
            gate = null;
            // the answer has a longer way back
            oneWayNanos *= 2;
            if (step != Step.COMING) {
                left.ended(this);
            }
        }
    }

    private void arriveAtGate() {
        Gate reached = gate;
        if (reached == null || !heard) {
            gate = null;
            end();
            return;
        }
        arrivedAt = simulation.now();
        step = Step.WAITING_AT_GATE;
        reached.arrived(this);
    }

    /** Ends it where it starts: no pod could be picked. A packet that is dropped is waited for in vain. */
    void goNowhere(Failure why) {
        if (why != Failure.TIMEOUT) {
            fail(why, why.afterNanos());
        }
    }

    /** It waits inside the pod, for nothing this class knows. */
    void hold(AppServer server) {
        this.server = server;
        step = Step.HELD;
    }

    /** The server begins to work on it; {@code waitNanos} of that need no processor. */
    void setWaitNanos(long waitNanos) {
        this.waitNanos = waitNanos;
    }

    /** The processor has done its part. */
    void cpuDone() {
        if (waitNanos > 0) {
            needsOnlyTime();
        } else {
            workDone();
        }
    }

    /** What is left of the work needs no processor. */
    void needsOnlyTime() {
        step = Step.IN_SERVICE;
        timer = simulation.after(waitNanos, this);
    }

    /** Ends it with an error that reaches the client after {@code afterNanos}; whatever it was doing is over. */
    private void fail(Failure why, long afterNanos) {
        if (step == Step.IN_SERVICE || step == Step.ARRIVING) {
            simulation.cancel(timer);
        }
        awaitedCall = 0;
        failure = why;
        leaveGate();
        step = Step.FAILED;
        timer = simulation.after(afterNanos, this);
    }

    /** Ends it with an error that has to travel back first. */
    void failFromServer(Failure why) {
        fail(why, gate == null ? oneWayNanos : 2 * oneWayNanos);
    }

    /** The answer goes on its way back; it may say that the app failed. */
    void answer(@Nullable Failure said) {
        leaveGate();
        if (heard && said == null && caller.concludeEarly(this, simulation.now() + oneWayNanos)) {
            return;
        }
        failure = said;
        step = Step.ANSWERED;
        timer = simulation.after(oneWayNanos, this);
    }

    /** There will be no answer: the process hangs, or the network is gone. */
    void loseAnswer() {
        step = Step.IDLE;
        if (!heard) {
            caller.recycle(this);
        }
    }

    /** The client gives up; true if the request is still on its way somewhere. */
    boolean abandon() {
        heard = false;
        if (step == Step.WAITING_AT_GATE) {
            leaveGate();
            step = Step.IDLE;
        } else if (step != Step.COMING) {
            leaveGate();
        }
        return step != Step.IDLE;
    }

    /** Whoever waited for the call waits for another attempt now, or no more. */
    void forgetCaller() {
        completion = null;
    }

    @Override
    public void fire() {
        switch (step) {
            case BACKING_OFF -> caller.attempt(this);
            case COMING -> arriveAtGate();
            case ARRIVING -> arrive();
            case IN_SERVICE -> workDone();
            case ANSWERED, FAILED -> end();
            case IDLE, HELD, WAITING_AT_GATE -> throw new IllegalStateException("a request has no next step");
        }
    }

    private void arrive() {
        PodAddress target = address;
        Connection path = connection;
        if (target == null || path == null) {
            throw new IllegalStateException("a request was sent nowhere");
        }
        AppServer accepted = path.server;
        if (accepted != null) {
            goOn(accepted, target, path);
            return;
        }
        if (!target.isReachable()) {
            arriveNowhere(target);
            return;
        }
        AppServer listener = target.server();
        if (listener == null || !listener.isListening()) {
            failFromServer(Failure.REFUSED);
            return;
        }
        if (heard) {
            path.server = listener;
        }
        listener.accept(this);
    }

    /** Where a pod was: the kernel repeats the packet until the client's patience ends, or says that there is no way. */
    private void arriveNowhere(PodAddress target) {
        if (!target.losesPacketsSilently()) {
            fail(Failure.NO_ROUTE, Failure.NO_ROUTE.afterNanos());
        } else if (heard) {
            timer = simulation.after(SYN_REPEATED_NANOS, this);
        } else {
            loseAnswer();
        }
    }

    /** Comes in over a connection that was used before; the other end may not be there any more. */
    private void goOn(AppServer accepted, PodAddress target, Connection path) {
        boolean wasIdle = path.lastUsedAt < accepted.closedIdleConnectionsAt() && path.streams <= 1;
        if (!target.isReachable() && accepted.isAlive()) {
            loseAnswer();
        } else if (!accepted.isAlive() || (accepted.closedIdleConnectionsAt() <= simulation.now() && wasIdle)) {
            failFromServer(Failure.RESET);
        } else {
            accepted.accept(this);
        }
    }

    private void workDone() {
        AppServer worker = server;
        if (worker == null) {
            throw new IllegalStateException("nobody works on the request");
        }
        step = Step.HELD;
        worker.workDone(this);
    }

    /** Waits for the answer of another Service. */
    void await(Caller dependency, long call) {
        callsMade++;
        awaitedCaller = dependency;
        awaitedCall = call;
    }

    @Override
    public void ended(Caller dependency, long call, @Nullable Failure answer) {
        AppServer worker = server;
        // This request may have been cut off and used for another since it made that call.
        boolean awaited = dependency == awaitedCaller && call == awaitedCall;
        if (awaited && step == Step.HELD && worker != null) {
            awaitedCall = 0;
            worker.callReturned(this, answer);
        }
    }

    private void end() {
        step = Step.IDLE;
        if (heard) {
            caller.attemptEnded(this, failure);
        } else {
            caller.recycle(this);
        }
    }
}
