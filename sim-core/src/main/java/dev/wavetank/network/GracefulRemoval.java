package dev.wavetank.network;

/**
 * How IPVS mode takes a destination out of a virtual service.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/ipvs/graceful_termination.go.
 */
public enum GracefulRemoval {
    DELETE("no connection is tracked, or the protocol has none to wait for"),
    DRAIN("connections are tracked: its weight becomes 0, and it is looked at again every minute");

    /** How often destinations that drain are looked at, in nanoseconds. */
    public static final long POLL_NANOS = 60L * 1_000_000_000;

    private final String text;

    GracefulRemoval(String text) {
        this.text = text;
    }

    /** The reason as a sentence. */
    public String text() {
        return text;
    }

    /**
     * Decides at removal and at each look after it.
     *
     * @param tcp false for UDP and SCTP, whose destinations go at once
     * @param trackedConnections active and inactive ones together
     */
    public static GracefulRemoval of(boolean tcp, int trackedConnections) {
        return tcp && trackedConnections > 0 ? DRAIN : DELETE;
    }
}
