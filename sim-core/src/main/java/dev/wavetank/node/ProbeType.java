package dev.wavetank.node;

/** What a probe is asked for, and what holds for a new container until it has been asked. */
public enum ProbeType {
    /** Is the container up yet? Until it is, the other two wait. */
    STARTUP(ProbeResult.UNKNOWN),
    /** Should the container be killed and started afresh? */
    LIVENESS(ProbeResult.SUCCESS),
    /** Should the pod get requests? */
    READINESS(ProbeResult.FAILURE);

    private final ProbeResult initialResult;

    ProbeType(ProbeResult initialResult) {
        this.initialResult = initialResult;
    }

    /** The result stored for a container as soon as the worker knows of it. */
    public ProbeResult initialResult() {
        return initialResult;
    }

    /**
     * True if the kubelet looks at the pod once this result is new. Readiness and startup are told of in either direction,
     * of liveness only the bad news.
     */
    boolean syncsOn(ProbeResult result) {
        return this != LIVENESS || result == ProbeResult.FAILURE;
    }
}
