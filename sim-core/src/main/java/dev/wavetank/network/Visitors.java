package dev.wavetank.network;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * Those who call a Service from outside the simulation, each over a connection of its own, such as a real TCP connection
 * that a server has accepted for the model. Where a connection leads is decided as for every other; when a request is sent
 * is the visitor's own affair.
 */
public final class Visitors {

    private static final long IDLE_NANOS = 600_000_000_000L;

    /** One connection at a time, kept for the next request. */
    private static final Connections ONE =
            new Connections(Connections.Kind.KEEP_ALIVE, 1, 1, IDLE_NANOS, Long.MAX_VALUE);

    private final Simulation simulation;
    private final String name;
    private final Route route;
    private final CallerSettings settings;
    private final DelayTable oneWay;
    private final Traffic traffic;
    private int picks;

    /**
     * Nobody yet.
     *
     * @param name names the random streams and the account
     * @param settings patience and address; connections and retries are the visitor's own affair
     */
    public Visitors(Simulation simulation, String name, Route route, CallerSettings settings, Distribution oneWay) {
        this.simulation = simulation;
        this.name = name;
        this.route = route;
        this.settings = settings.withConnections(ONE).withRetries(Retries.NONE);
        this.oneWay = new DelayTable(oneWay, simulation.random().stream(name + "/network"));
        this.traffic = new Traffic(name, route);
        traffic.begin(simulation);
    }

    /** What became of their requests. */
    public Traffic traffic() {
        return traffic;
    }

    /** True if a new connection would be refused, since there is no port or no pod for it. */
    public boolean areRefused() {
        return route.refuses();
    }

    /** Somebody connects; the way is decided with the first request. */
    public Visitor connect() {
        return new Visitor();
    }

    /**
     * Decides where a connection leads that lives outside the model from here on.
     *
     * @return what was picked, or why nothing could be
     */
    public Picked pick() {
        Connection connection = new Connection();
        connection.begin(settings.firstAddress(), picks++, simulation.now());
        Failure failure = route.open(connection, simulation.now());
        if (failure == null) {
            traffic.countConnection(connection, route.spread());
        }
        return new Picked(connection, failure);
    }

    /** Where a connection leads. */
    public final class Picked {

        private final Connection connection;
        private final @Nullable Failure failure;

        private Picked(Connection connection, @Nullable Failure failure) {
            this.connection = connection;
            this.failure = failure;
        }

        /** Who was picked; null if nobody could be. */
        public @Nullable PodAddress address() {
            return connection.address;
        }

        /** Why nobody could be picked; null if somebody was. */
        public @Nullable Failure failure() {
            return failure;
        }

        /** The connection is closed. */
        public void close() {
            connection.close(simulation.now(), false);
        }
    }

    /** One visitor, with one connection. */
    public final class Visitor {

        private final Caller caller;
        private Client.@Nullable Observer waiting;

        private Visitor() {
            this.caller = new Caller(simulation, name, route, settings, oneWay, traffic, this::ended);
        }

        /**
         * Sends a request, after the one before has ended.
         *
         * @param observer told of the end, in a later event
         */
        public void request(Client.Observer observer) {
            if (waiting != null) {
                throw new IllegalStateException("the request before has not ended yet");
            }
            waiting = observer;
            caller.call(0, null);
        }

        private void ended(long sentAt, long endedAt, @Nullable String podName, @Nullable Failure failure) {
            Client.Observer observer = waiting;
            waiting = null;
            if (observer != null) {
                observer.ended(sentAt, endedAt, podName, failure);
            }
        }

        /** Closes the connection, and no longer waits for an answer. */
        public void leave() {
            waiting = null;
            caller.closeIdle();
        }
    }
}
