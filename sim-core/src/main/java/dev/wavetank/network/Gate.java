package dev.wavetank.network;

/**
 * A proxy in front of a Service that may keep requests waiting until there is somebody to answer them: Knative's activator,
 * the interceptor of KEDA's HTTP add-on.
 *
 * <p>Differs from Kubernetes: a client opens a connection to the gate for every request, whatever its settings say.
 */
public interface Gate {

    /** A request has come; it waits until {@link Passage#sendTo}, {@link Passage#sendOver} or {@link Passage#fail}. */
    void arrived(Passage request);

    /** A request that had arrived is over: answered, failed or given up by its client. Told once for each. */
    void ended(Passage request);
}
