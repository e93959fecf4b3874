package dev.wavetank.node;

import org.jspecify.annotations.Nullable;

/** How one attempt ended, before thresholds. */
public enum RawProbeResult {
    SUCCESS(ProbeResult.SUCCESS),
    /** Counts as success; a redirect to another host is one. */
    WARNING(ProbeResult.SUCCESS),
    FAILURE(ProbeResult.FAILURE),
    /** Counts as failure. */
    UNKNOWN(ProbeResult.FAILURE),
    /** The attempt could not be made, three times in a row. It counts for nothing. */
    ERROR(null);

    private static final int TRIES = 3;

    private final @Nullable ProbeResult counted;

    RawProbeResult(@Nullable ProbeResult counted) {
        this.counted = counted;
    }

    /** What the attempt counts as, or null if it is thrown away. */
    @Nullable
    ProbeResult counted() {
        return counted;
    }

    /** How often the handler was called, at once one after the other. */
    public int handlerCalls() {
        return counted == null ? TRIES : 1;
    }
}
