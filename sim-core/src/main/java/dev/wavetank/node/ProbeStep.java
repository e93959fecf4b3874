package dev.wavetank.node;

/**
 * What a tick or the end of an attempt leads to.
 *
 * @param next what the worker does now
 * @param resultChanged true if the stored result is new: readiness and startup are then published at once
 * @param syncRequested true if the kubelet is to look at the pod because of that
 */
public record ProbeStep(Next next, boolean resultChanged, boolean syncRequested) {

    /** What a worker does after a step. */
    public enum Next {
        /** It waits for its next tick. */
        WAIT,
        /** It probes the container; its next step is {@link ProbeWorker#onResult}. */
        PROBE,
        /** It has ended, and its stored result is forgotten. */
        END
    }
}
