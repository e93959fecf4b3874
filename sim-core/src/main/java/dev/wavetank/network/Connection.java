package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of a client: what kube-proxy decides about, once, when it is opened. Later changes of the rules do
 * not touch it; it stays with its pod until one of the two ends closes it.
 *
 * <p>Used again for another connection once closed.
 */
final class Connection {

    /** The ports a Linux client takes for its own end. */
    private static final int FIRST_PORT = 32_768;

    private static final int PORTS = 28_232;

    int clientAddress;
    int clientPort;

    /** Where it goes; null before that is decided, and for one whose first packet was lost. */
    @Nullable
    PodAddress address;

    /** Who decided, and under which number it knows the destination. */
    @Nullable
    Spread spread;

    int destination = Balancer.NONE;

    /** The number of the persistence template's hold on it; negative without one. */
    int template = -1;

    /** The process that accepted it; null before the first packet has come there. */
    @Nullable
    AppServer server;

    /** Requests on it now. */
    int streams;

    long openedAt;
    long lastUsedAt;
    boolean open;

    /** Makes it one that has gone nowhere yet. */
    void begin(int clientAddress, int sequence, long now) {
        this.clientAddress = clientAddress;
        this.clientPort = FIRST_PORT + Integer.remainderUnsigned(sequence, PORTS);
        address = null;
        spread = null;
        destination = Balancer.NONE;
        template = -1;
        server = null;
        streams = 0;
        openedAt = now;
        lastUsedAt = now;
        open = false;
    }

    void leadTo(PodAddress address, int destination, Spread spread) {
        this.address = address;
        this.destination = destination;
        this.spread = spread;
        this.open = true;
    }

    /**
     * Closes it, if it is open.
     *
     * @param reset it was cut off and not closed in good order
     */
    void close(long now, boolean reset) {
        if (open) {
            open = false;
            Spread decided = spread;
            if (decided != null) {
                decided.closed(this, now, reset);
            }
        }
    }

    /** True if the pod's end has been closed for so long that the client has heard of it. */
    boolean isKnownDead(long now, long oneWayNanos) {
        AppServer accepted = server;
        return accepted != null && accepted.closedIdleConnectionsAt() <= now - oneWayNanos;
    }
}
