package dev.wavetank.model;

/**
 * One condition of a Deployment or ReplicaSet.
 *
 * @param type Available, Progressing or ReplicaFailure
 * @param lastUpdateTime when it was last written; {@link Times#NONE} where the kind has no such field
 * @param lastTransitionTime when {@code status} last changed
 */
public record WorkloadCondition(
        String type,
        PodCondition.Status status,
        String reason,
        String message,
        long lastUpdateTime,
        long lastTransitionTime) {}
