package dev.wavetank.node;

import dev.wavetank.engine.RandomStream;

/** What came of one sync of a pod, as far as it decides when to look again. */
final class SyncResult {

    /** Nothing calls for another sync. */
    static final long NEVER = Long.MAX_VALUE;

    private int acts;
    private boolean failed;
    private long backOffNanos = NEVER;

    /** The runtime has started or stopped something. */
    void acted() {
        acts++;
    }

    void add(ContainerStart.Outcome outcome) {
        acts += outcome.acted() ? 1 : 0;
        switch (outcome.kind()) {
            case STARTED -> {}
            case FAILED -> failed = true;
            case BACKING_OFF -> backOffNanos = Math.min(backOffNanos, outcome.retryNanos());
        }
    }

    boolean hasActed() {
        return acts > 0;
    }

    /** How many events the next look at the pod will have to tell of, each asking for a sync. */
    int acts() {
        return acts;
    }

    boolean isClean() {
        return !failed && backOffNanos == NEVER;
    }

    /**
     * How long until the pod is looked at again by itself. Of a pod that is ready nothing is left to find out, so the look
     * Kubernetes takes every minute is left out.
     */
    long requeueNanos(RandomStream random, boolean unready) {
        if (failed) {
            return Requeues.afterError(random);
        }
        if (backOffNanos != NEVER) {
            return Requeues.afterBackOff(backOffNanos, random);
        }
        return unready ? Requeues.afterCleanSync(random) : NEVER;
    }
}
