package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What the ReplicaSet controller last counted.
 *
 * @param terminatingReplicas pods on their way out; null if never reported
 */
public record ReplicaSetStatus(
        int replicas,
        int fullyLabeledReplicas,
        int readyReplicas,
        int availableReplicas,
        @Nullable Integer terminatingReplicas,
        long observedGeneration,
        ImmutableList<WorkloadCondition> conditions) {

    /** Nothing counted yet. */
    public static final ReplicaSetStatus NEW = new ReplicaSetStatus(0, 0, 0, 0, null, 0, ImmutableList.of());
}
