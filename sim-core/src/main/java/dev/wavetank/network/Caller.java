package dev.wavetank.network;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Event;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * Calls a Service: finds or opens a connection, waits with patience, tries again, and keeps the account. One per client, and
 * one per dependency of a pod.
 *
 * <p>Requests are used again once ended, and time out by one timer for all: with one patience for all of them, the first
 * sent is the first to run out of it. So a running simulation allocates nothing per request.
 */
public final class Caller {

    private final Simulation simulation;
    private final Route route;
    private final CallerSettings settings;
    private final DelayTable oneWay;
    private final Traffic traffic;
    private final Client.Observer observer;
    private final @Nullable ConnectionPool pool;
    private final RetryBudget budget;
    private final RandomStream retryJitter;
    private final RequestQueue waiting = new RequestQueue();
    private final Event deadline = this::lookAtDeadlines;

    private @Nullable Request free;
    private @Nullable Request oldest;
    private @Nullable Request newest;
    private boolean deadlineIsSet;
    private long calls;
    private int connections;

    /**
     * A caller without a connection.
     *
     * @param name names its random streams
     * @param observer sees every call at its end
     */
    public Caller(
            Simulation simulation,
            String name,
            Route route,
            CallerSettings settings,
            Distribution oneWay,
            Traffic traffic,
            Client.Observer observer) {
        this(
                simulation,
                name,
                route,
                settings,
                new DelayTable(oneWay, simulation.random().stream(name + "/network")),
                traffic,
                observer);
    }

    /** As the other, with delays that several callers share. */
    Caller(
            Simulation simulation,
            String name,
            Route route,
            CallerSettings settings,
            DelayTable oneWay,
            Traffic traffic,
            Client.Observer observer) {
        this.simulation = simulation;
        this.route = route;
        this.settings = settings;
        this.traffic = traffic;
        this.observer = observer;
        this.budget = new RetryBudget(Math.min(settings.retries().budget(), 100));
        this.oneWay = oneWay;
        this.retryJitter = simulation.random().stream(name + "/retries");
        this.pool = settings.connections().kind() == Connections.Kind.PER_REQUEST
                ? null
                : new ConnectionPool(settings.connections(), oneWay.meanNanos());
    }

    /** Closes the connections that carry no request. */
    void closeIdle() {
        ConnectionPool kept = pool;
        if (kept != null) {
            kept.closeIdle(simulation.now());
        }
    }

    /** What became of its calls. */
    public Traffic traffic() {
        return traffic;
    }

    CallerSettings settings() {
        return settings;
    }

    /**
     * Calls the Service.
     *
     * @param source which of the caller's addresses it comes from, from 0
     * @param completion hears of the end, in a later event
     * @return a number that tells this call from all others of this caller
     */
    long call(int source, @Nullable Completion completion) {
        traffic.countSent();
        budget.request();
        Request request = take();
        request.begin(++calls, source, completion);
        attempt(request);
        return calls;
    }

    private Request take() {
        Request request = free;
        if (request == null) {
            return new Request(simulation, this);
        }
        free = request.next;
        request.next = null;
        return request;
    }

    /** Nobody holds on to a request any more. */
    void recycle(Request request) {
        request.next = free;
        free = request;
    }

    /** Sends it off, or has it wait for a connection. */
    void attempt(Request request) {
        long now = simulation.now();
        request.beginAttempt(now, oneWay.next());
        putOnClock(request);
        ConnectionPool kept = pool;
        Gate gate = route.gate();
        if (gate != null) {
            Connection toGate = request.ownConnection();
            toGate.begin(settings.firstAddress() + request.source(), connections++, now);
            traffic.countConnection(toGate, null);
            request.comeTo(gate, toGate);
            return;
        }
        if (kept == null) {
            open(request, request.ownConnection());
            return;
        }
        Connection ready = kept.take(now);
        if (ready != null) {
            request.sendOn(ready, false);
        } else if (kept.hasRoom()) {
            open(request, kept.fresh());
        } else {
            waiting.add(request);
            request.setWaiting(true);
        }
    }

    private void open(Request request, Connection connection) {
        connection.begin(settings.firstAddress() + request.source(), connections++, simulation.now());
        Failure failure = route.open(connection, simulation.now());
        ConnectionPool kept = pool;
        if (failure == null) {
            traffic.countConnection(connection, route.spread());
            if (kept != null) {
                kept.opened(connection);
            }
            request.sendOn(connection, true);
            return;
        }
        if (kept != null) {
            kept.failedToOpen(connection);
        }
        request.goNowhere(failure);
    }

    /** Connections have become free, or there is room for more. */
    private void serveWaiting(ConnectionPool kept) {
        for (Request next = waiting.first(); next != null; next = waiting.first()) {
            Connection ready = kept.take(simulation.now());
            if (ready == null && !kept.hasRoom()) {
                return;
            }
            stopWaiting(next);
            if (ready != null) {
                next.sendOn(ready, false);
            } else {
                open(next, kept.fresh());
            }
        }
    }

    private void stopWaiting(Request request) {
        waiting.remove(request);
        request.setWaiting(false);
    }

    /** The answer or the error of an attempt has come back in time. */
    void attemptEnded(Request request, @Nullable Failure failure) {
        takeOffClock(request);
        long now = simulation.now();
        Connection connection = request.connection();
        if (connection != null) {
            boolean answered = failure == null || failure == Failure.ERROR || failure == Failure.OVERLOADED;
            Spread spread = connection.spread;
            if (answered && spread != null) {
                spread.answered(connection, now - request.attemptAt(), now);
            }
            release(request, connection, answered, now);
        }
        if (failure == null || !retry(request, request)) {
            conclude(request, now, failure);
            recycle(request);
        }
    }

    private void release(Request request, Connection connection, boolean answered, long now) {
        ConnectionPool kept = pool;
        if (kept == null || connection == request.ownConnection()) {
            connection.close(now, !answered);
            return;
        }
        if (answered) {
            kept.giveBack(connection, now);
        } else {
            kept.remove(connection, now, true);
        }
        serveWaiting(kept);
    }

    /** Tries a call again if that is allowed, with the same request or another. */
    private boolean retry(Request failed, Request next) {
        Retries retries = settings.retries();
        if (failed.retries() >= retries.most() || !budget.take()) {
            return false;
        }
        traffic.countRetry();
        next.retryAfter(failed, retries.waitNanos(failed.retries() + 1, retryJitter.nextDouble()));
        return true;
    }

    /**
     * Counts an answer that is still on its way back, and is done with it: nobody acts on it, and nothing can stop it any
     * more. Saves an event of the four that a request otherwise takes.
     *
     * @return false if the answer has to be waited for
     */
    boolean concludeEarly(Request request, long endsAt) {
        Connection connection = request.connection();
        boolean nobodyActs = pool == null && request.completion() == null;
        boolean inTime = endsAt < request.attemptAt() + settings.timeoutNanos();
        if (!nobodyActs || !inTime || connection == null || !(connection.spread instanceof RuleSpread)) {
            return false;
        }
        takeOffClock(request);
        connection.close(endsAt, false);
        conclude(request, endsAt, null);
        recycle(request);
        return true;
    }

    private void conclude(Request request, long endedAt, @Nullable Failure failure) {
        PodAddress address = request.address();
        if (failure == null && address != null) {
            traffic.countAnswer(address, endedAt - request.sentAt());
        } else {
            traffic.countFailure(failure == null ? Failure.TIMEOUT : failure);
        }
        observer.ended(request.sentAt(), endedAt, address == null ? null : address.podName(), failure);
        Completion completion = request.completion();
        if (completion != null) {
            completion.ended(this, request.callId(), failure);
        }
    }

    private void putOnClock(Request request) {
        Request last = newest;
        request.previous = last;
        request.next = null;
        if (last == null) {
            oldest = request;
        } else {
            last.next = request;
        }
        newest = request;
        if (!deadlineIsSet) {
            deadlineIsSet = true;
            simulation.after(settings.timeoutNanos(), deadline);
        }
    }

    private void takeOffClock(Request request) {
        Request before = request.previous;
        Request after = request.next;
        if (before == null) {
            oldest = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.previous = before;
        }
        request.previous = null;
        request.next = null;
    }

    private void lookAtDeadlines() {
        long latest = simulation.now() - settings.timeoutNanos();
        Request first = oldest;
        while (first != null && first.attemptAt() <= latest) {
            giveUp(first);
            first = oldest;
        }
        deadlineIsSet = first != null;
        if (first != null) {
            simulation.at(first.attemptAt() + settings.timeoutNanos(), deadline);
        }
    }

    /** The client's patience is at an end; the pod does not know and may work on. */
    private void giveUp(Request request) {
        takeOffClock(request);
        long now = simulation.now();
        if (request.isWaiting()) {
            stopWaiting(request);
        }
        Connection connection = request.connection();
        ConnectionPool kept = pool;
        if (connection != null) {
            if (kept != null
                    && connection != request.ownConnection()
                    && settings.connections().streams() > 1) {
                kept.giveBack(connection, now);
                serveWaiting(kept);
            } else {
                release(request, connection, false, now);
            }
        }
        boolean stillUnderWay = request.abandon();
        Request next = stillUnderWay ? take() : request;
        boolean again = retry(request, next);
        if (!again) {
            conclude(request, now, Failure.TIMEOUT);
        }
        if (stillUnderWay) {
            request.forgetCaller();
            if (!again) {
                recycle(next);
            }
        } else if (!again) {
            recycle(request);
        }
    }
}
