package dev.wavetank.network;

import dev.wavetank.model.Times;

/** How a request can fail, named as a client's operating system reports it. */
public enum Failure {
    /** Nobody listens, or the Service has no endpoint: the connection is refused. */
    REFUSED("refused", 100_000),
    /** The process went away while it held the connection. */
    RESET("reset", 0),
    /** No answer within the client's patience. */
    TIMEOUT("timeout", 0),
    /**
     * A rule still leads to a pod whose network is gone, the last one of its node; the lookup of its hardware address gives
     * up after three seconds.
     */
    NO_ROUTE("no route to host", 3 * Times.SECOND),
    /** The name of a headless Service has no address, as none of its pods is ready. */
    UNRESOLVED("unresolved", 1_000_000),
    /** The app answered that it failed. */
    ERROR("http 500", 0),
    /** The app answered that it has no room for another request. */
    OVERLOADED("http 503", 0);

    private final String text;
    private final long afterNanos;

    Failure(String text, long afterNanos) {
        this.text = text;
        this.afterNanos = afterNanos;
    }

    /** The word reports and traces use. */
    public String text() {
        return text;
    }

    /** How long a client waits for the error itself where no packet has to come back. */
    long afterNanos() {
        return afterNanos;
    }
}
