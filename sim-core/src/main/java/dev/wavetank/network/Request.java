package dev.wavetank.network;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: from the client over the network into the pod and back. It is its own event for every step of
 * that way, and its client uses it again once it has ended, so that a running simulation allocates nothing per request.
 */
final class Request implements Event {

    private enum Step {
        IDLE,
        ARRIVING,
        IN_SERVICE,
        ANSWERED,
        FAILED
    }

    private final Simulation simulation;
    private final Client client;
    private Step step = Step.IDLE;
    private long sentAt;
    private long oneWayNanos;
    private long timer;
    private int slot = -1;
    private @Nullable PodAddress address;
    private @Nullable AppServer server;
    private @Nullable Failure failure;

    Request(Simulation simulation, Client client) {
        this.simulation = simulation;
        this.client = client;
    }

    /** When the client sent it. */
    long sentAt() {
        return sentAt;
    }

    /** The address that was picked for it; null if there was none to pick. */
    @Nullable
    PodAddress address() {
        return address;
    }

    /** Where the request stands among those its server works on. */
    int slot() {
        return slot;
    }

    void setSlot(int slot) {
        this.slot = slot;
    }

    /** Sends it to a pod. */
    void sendTo(PodAddress picked, long oneWayNanos) {
        this.sentAt = simulation.now();
        this.oneWayNanos = oneWayNanos;
        this.address = picked;
        this.failure = null;
        this.server = null;
        step = Step.ARRIVING;
        timer = simulation.after(oneWayNanos, this);
    }

    /** Ends it where it starts: no pod could be picked. */
    void refuseAtOnce(Failure why, long afterNanos) {
        this.sentAt = simulation.now();
        this.address = null;
        this.server = null;
        fail(why, afterNanos);
    }

    /** The server begins to work on it. */
    void beginService(AppServer server, long serviceNanos) {
        this.server = server;
        step = Step.IN_SERVICE;
        timer = simulation.after(serviceNanos, this);
    }

    /** Ends it with an error that reaches the client after {@code afterNanos}; whatever it was doing is over. */
    void fail(Failure why, long afterNanos) {
        if (step == Step.IN_SERVICE) {
            simulation.cancel(timer);
        }
        failure = why;
        step = Step.FAILED;
        timer = simulation.after(afterNanos, this);
    }

    /** Ends it with an error that has to travel back first. */
    void failFromServer(Failure why) {
        fail(why, oneWayNanos);
    }

    @Override
    public void fire() {
        switch (step) {
            case ARRIVING -> arrive();
            case IN_SERVICE -> leaveService();
            case ANSWERED, FAILED -> end();
            case IDLE -> throw new IllegalStateException("an idle request has no next step");
        }
    }

    private void arrive() {
        PodAddress target = address;
        if (target == null || !target.isReachable()) {
            fail(Failure.NO_ROUTE, Failure.NO_ROUTE.afterNanos());
            return;
        }
        AppServer listener = target.server();
        if (listener == null || !listener.isListening()) {
            failFromServer(Failure.REFUSED);
            return;
        }
        listener.accept(this);
    }

    private void leaveService() {
        AppServer worker = server;
        if (worker != null) {
            worker.finished(this);
        }
        step = Step.ANSWERED;
        timer = simulation.after(oneWayNanos, this);
    }

    private void end() {
        step = Step.IDLE;
        client.ended(this, failure);
    }
}
