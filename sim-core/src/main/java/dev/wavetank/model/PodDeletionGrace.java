package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * What the API server makes of a request to delete a pod.
 *
 * <p>Source: kubernetes 1.36 apiserver pkg/registry/rest/delete.go and pkg/registry/core/pod/strategy.go.
 *
 * @param deletionTimestamp when the pod is due to go, not cut to whole seconds
 * @param deletionGracePeriodSeconds seconds granted
 * @param raisesGeneration true the first time the pod is marked
 */
public record PodDeletionGrace(
        Outcome outcome, long deletionTimestamp, long deletionGracePeriodSeconds, boolean raisesGeneration) {

    /** What becomes of the object. */
    public enum Outcome {
        /** It is marked and stays; its kubelet has to stop it. */
        TERMINATING,
        /** It is marked and then gone at once: watchers see a change and a deletion. */
        UPDATED_THEN_REMOVED_NOW,
        /** It was marked before and nothing changes. */
        ALREADY_TERMINATING_NO_CHANGE
    }

    /**
     * Decides on one request.
     *
     * @param requestedSeconds the grace asked for, null if left to the pod
     * @param now nanoseconds
     */
    public static PodDeletionGrace decide(Pod pod, @Nullable Long requestedSeconds, long now) {
        Long requested = requestedSeconds == null ? null : atLeastOneIfNegative(requestedSeconds);
        return pod.metadata().isBeingDeleted() ? again(pod.metadata(), requested, now) : first(pod, requested, now);
    }

    private static PodDeletionGrace first(Pod pod, @Nullable Long requested, long now) {
        long grace = requested == null ? pod.spec().terminationGracePeriodSeconds() : requested;
        if (!pod.isScheduled() || pod.status().phase().isFinal()) {
            grace = 0;
        }
        grace = atLeastOneIfNegative(grace);
        return marked(now + grace * Times.SECOND, grace, true);
    }

    /** A pod on its way out can only be hurried. */
    private static PodDeletionGrace again(ObjectMeta metadata, @Nullable Long requested, long now) {
        long granted = metadata.deletionGracePeriodSeconds();
        if (requested == null || requested >= granted) {
            return new PodDeletionGrace(
                    Outcome.ALREADY_TERMINATING_NO_CHANGE, metadata.deletionTimestamp(), granted, false);
        }
        long askedAt = metadata.deletionTimestamp() - granted * Times.SECOND;
        long due = askedAt + requested * Times.SECOND;
        if (due < now) {
            return marked(now, Math.min(requested, 1), false);
        }
        return marked(due, requested, false);
    }

    private static PodDeletionGrace marked(long deletionTimestamp, long grace, boolean raisesGeneration) {
        Outcome outcome = grace == 0 ? Outcome.UPDATED_THEN_REMOVED_NOW : Outcome.TERMINATING;
        return new PodDeletionGrace(outcome, deletionTimestamp, grace, raisesGeneration);
    }

    private static long atLeastOneIfNegative(long grace) {
        return grace < 0 ? 1 : grace;
    }
}
