package dev.wavetank.network;

/** A changing list of pods, and how new connections are spread over it. */
interface Spread {

    /**
     * Decides where a connection goes, and counts it.
     *
     * @return false if there is nowhere to go; the connection is then not touched
     */
    boolean open(Connection connection, long now);

    /** A connection was closed: by both ends in order, or cut off. */
    default void closed(Connection connection, long now, boolean reset) {}

    /** A request on the connection was answered. */
    default void answered(Connection connection, long latencyNanos, long now) {}

    /** How many pods take new connections. */
    int size();

    /** One of the pods that take new connections. */
    PodAddress at(int index);

    /** Grows with every change of the list. */
    int version();
}
