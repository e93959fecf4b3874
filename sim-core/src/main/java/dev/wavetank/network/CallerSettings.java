package dev.wavetank.network;

/**
 * How somebody calls a Service.
 *
 * @param timeoutNanos patience with one attempt
 * @param firstAddress the first of its addresses, as a node sees them
 * @param addresses how many addresses its connections come from
 */
public record CallerSettings(
        Connections connections, long timeoutNanos, Retries retries, int firstAddress, int addresses) {

    /** Patience where none is stated: half a minute. */
    public static final long DEFAULT_TIMEOUT_NANOS = 30_000_000_000L;

    /** A new connection for every request, no retries, one address. */
    public static final CallerSettings STANDARD =
            new CallerSettings(Connections.PER_REQUEST, DEFAULT_TIMEOUT_NANOS, Retries.NONE, Ipv4.of("192.168.0.1"), 1);

    public CallerSettings withConnections(Connections connections) {
        return new CallerSettings(connections, timeoutNanos, retries, firstAddress, addresses);
    }

    public CallerSettings withTimeout(long timeoutNanos) {
        return new CallerSettings(connections, timeoutNanos, retries, firstAddress, addresses);
    }

    public CallerSettings withRetries(Retries retries) {
        return new CallerSettings(connections, timeoutNanos, retries, firstAddress, addresses);
    }

    public CallerSettings withAddresses(int firstAddress, int addresses) {
        return new CallerSettings(connections, timeoutNanos, retries, firstAddress, addresses);
    }
}
