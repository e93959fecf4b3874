package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What the Deployment controller last reported.
 *
 * @param terminatingReplicas null if never reported
 * @param collisionCount how often the hash of a template met a ReplicaSet that was not ours; null if never
 */
public record DeploymentStatus(
        long observedGeneration,
        int replicas,
        int updatedReplicas,
        int readyReplicas,
        int availableReplicas,
        int unavailableReplicas,
        @Nullable Integer terminatingReplicas,
        @Nullable Integer collisionCount,
        ImmutableList<WorkloadCondition> conditions) {

    /** Nothing reported yet. */
    public static final DeploymentStatus NEW = new DeploymentStatus(0, 0, 0, 0, 0, 0, null, null, ImmutableList.of());

    public @Nullable WorkloadCondition condition(String type) {
        for (WorkloadCondition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    public DeploymentStatus withConditions(ImmutableList<WorkloadCondition> conditions) {
        return new DeploymentStatus(
                observedGeneration,
                replicas,
                updatedReplicas,
                readyReplicas,
                availableReplicas,
                unavailableReplicas,
                terminatingReplicas,
                collisionCount,
                conditions);
    }

    public DeploymentStatus withCollisionCount(int collisionCount) {
        return new DeploymentStatus(
                observedGeneration,
                replicas,
                updatedReplicas,
                readyReplicas,
                availableReplicas,
                unavailableReplicas,
                terminatingReplicas,
                collisionCount,
                conditions);
    }

    public DeploymentStatus withObservedGeneration(long observedGeneration) {
        return new DeploymentStatus(
                observedGeneration,
                replicas,
                updatedReplicas,
                readyReplicas,
                availableReplicas,
                unavailableReplicas,
                terminatingReplicas,
                collisionCount,
                conditions);
    }
}
