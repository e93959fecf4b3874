package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/** placeholder, replaced by the decision of the node side. */
final class PodDeletionGrace {
    record Outcome(boolean changed, boolean removedNow, long deletionTimestamp, long deletionGracePeriodSeconds) {}

    private PodDeletionGrace() {}

    static Outcome decide(Pod pod, @Nullable Long requested, long now) {
        long grace = requested == null ? pod.spec().terminationGracePeriodSeconds() : requested;
        if (!pod.isScheduled() || pod.status().phase().isFinal()) {
            grace = 0;
        }
        if (pod.metadata().isBeingDeleted() && grace >= pod.metadata().deletionGracePeriodSeconds()) {
            return new Outcome(false, false, 0, 0);
        }
        return new Outcome(true, grace == 0, Times.stored(now + grace * Times.SECOND), grace);
    }
}
