package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/** A request at a {@link Gate}. It must not be used any more after {@link Gate#ended} was told of it. */
public interface Passage {

    /** When it came to the gate. */
    long arrivedAt();

    /** Sends it on to the process behind an address. */
    void sendTo(PodAddress address);

    /**
     * Sends it on to a Service, where a kube-proxy decides.
     *
     * @return why that is not possible now, or null; it then still waits
     */
    @Nullable
    Failure sendOver(Route route);

    /** Answers it with an error. */
    void fail(Failure failure);
}
