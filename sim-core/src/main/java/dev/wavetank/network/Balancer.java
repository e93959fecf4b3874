package dev.wavetank.network;

/**
 * Chooses where each new connection to one port of a Service goes, on one node: a kube-proxy mode, an IPVS scheduler or a
 * strategy of the user's own.
 *
 * <p>Destinations are small numbers that the caller gives out and may use again after {@link #remove}, such as places in
 * its table of endpoints; arrays as long as the largest are kept. A pick allocates nothing. Addresses are IPv4 in host
 * order; of an IPv6 address give the exclusive or of its four words, which is what the kernel's hashes do.
 */
public interface Balancer {

    /** No destination: the connection is refused. */
    int NONE = -1;

    /**
     * Chooses a destination. This alone counts nothing: tell {@link #opened} once the connection is made.
     *
     * @param nowNanos virtual time, never before an earlier call's
     * @param clientAddress as the node sees it
     * @return a destination or {@link #NONE}
     */
    int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random);

    /**
     * Adds a destination, where this kind of balancer adds: IPVS at the head of the list, rules at the end.
     *
     * @param weight 0 takes no new connections; kube-proxy gives 1 to all
     */
    void add(int destination, int weight);

    /** Forgets a destination and all counted for it. */
    void remove(int destination);

    void reweigh(int destination, int weight);

    /**
     * Makes these the destinations, each with weight 1: those that vanished are removed, those that stay keep their
     * counters. Balancers made of rules take on the order given, as one rewrite of the rules does.
     */
    void replaceAll(int[] destinations);

    /** A connection to the destination was made: it is active from now on. */
    default void opened(int destination) {}

    /** One of its active connections was closed, and is inactive until it is forgotten. */
    default void finished(int destination) {}

    /** One of its inactive connections is no longer tracked. */
    default void forgotten(int destination) {}

    /** A request to the destination was answered; for strategies that look at latency. */
    default void answered(int destination, long latencyNanos, long nowNanos) {}

    /**
     * Why the last pick was this destination, in one line that names it by its number. To be asked right after the pick,
     * before anything else is counted.
     */
    String explain(int picked);
}
