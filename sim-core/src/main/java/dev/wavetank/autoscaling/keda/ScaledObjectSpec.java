package dev.wavetank.autoscaling.keda;

import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code ScaledObject.spec} that its scale loop looks at.
 *
 * @param minReplicaCount replicas below which the target does not fall while idleReplicaCount is unset; 0 allows scaling to zero
 * @param maxReplicaCount replicas above which the HPA does not go
 * @param idleReplicaCount replicas while inactive, less than minReplicaCount; null if unset
 * @param cooldownNanos the {@code spec.cooldownPeriod}: how long after the last activity the target may be deactivated
 * @param initialCooldownNanos the {@code spec.initialCooldownPeriod}: the same after creation, until there has been any activity
 * @param fallbackReplicas {@code fallback.replicas}; null without a fallback
 */
public record ScaledObjectSpec(
        int minReplicaCount,
        int maxReplicaCount,
        @Nullable Integer idleReplicaCount,
        long cooldownNanos,
        long initialCooldownNanos,
        @Nullable Integer fallbackReplicas) {

    /** {@code maxReplicaCount} if the ScaledObject does not say. */
    public static final int DEFAULT_MAX_REPLICA_COUNT = 100;

    private static final long SECOND_NANOS = 1_000_000_000;

    /** {@code cooldownPeriod} if the ScaledObject does not say. */
    public static final long DEFAULT_COOLDOWN_NANOS = 300 * SECOND_NANOS;

    /** {@code pollingInterval} if the ScaledObject does not say. */
    public static final long DEFAULT_POLLING_INTERVAL_NANOS = 30 * SECOND_NANOS;

    /** Refuses counts that KEDA's own validation refuses. */
    public ScaledObjectSpec {
        if (minReplicaCount < 0) {
            throw new IllegalArgumentException("minReplicaCount is " + minReplicaCount + "; it must not be negative");
        }
        if (minReplicaCount > maxReplicaCount) {
            throw new IllegalArgumentException("minReplicaCount " + minReplicaCount + " is above maxReplicaCount "
                    + maxReplicaCount + "; lower the one or raise the other");
        }
        if (idleReplicaCount != null && (idleReplicaCount < 0 || idleReplicaCount >= minReplicaCount)) {
            throw new IllegalArgumentException("idleReplicaCount is " + idleReplicaCount
                    + "; it must be less than minReplicaCount " + minReplicaCount + " and not negative");
        }
    }

    /** The {@code minReplicas} of the HPA that KEDA creates: an HPA never scales to zero here. */
    public int hpaMinReplicas() {
        return Math.max(1, minReplicaCount);
    }
}
