package dev.wavetank.network;

/**
 * How a client uses connections.
 *
 * @param kind what becomes of a connection after a request
 * @param size how many it holds open at most
 * @param streams how many requests share one at the same time, as HTTP/2 allows; 1 as in HTTP/1.1
 * @param idleTimeoutNanos one that was not used for so long is closed
 * @param maxAgeNanos one that has been open for so long is closed after its last request; {@link Long#MAX_VALUE} for never
 */
public record Connections(Kind kind, int size, int streams, long idleTimeoutNanos, long maxAgeNanos) {

    /** What becomes of a connection after a request. */
    public enum Kind {
        /** It is closed. */
        PER_REQUEST("per-request"),
        /** It is kept for the next request; one at a time. */
        KEEP_ALIVE("keep-alive"),
        /** It is kept, and carries many requests at once. */
        POOLED("pooled");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The word scenarios use. */
        public String text() {
            return text;
        }
    }

    private static final long MINUTE = 60_000_000_000L;

    public static final Connections PER_REQUEST = new Connections(Kind.PER_REQUEST, Integer.MAX_VALUE, 1, 0, 0);

    /** A hundred connections of one request each, closed after a minute without one: what many HTTP clients do unasked. */
    public static final Connections KEEP_ALIVE = new Connections(Kind.KEEP_ALIVE, 100, 1, MINUTE, Long.MAX_VALUE);

    /** One connection for up to a hundred requests at once, as a gRPC channel. */
    public static final Connections POOLED = new Connections(Kind.POOLED, 1, 100, 5 * MINUTE, Long.MAX_VALUE);
}
