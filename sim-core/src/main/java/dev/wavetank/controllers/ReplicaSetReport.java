package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.Times;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a ReplicaSet reports of itself.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset/replica_set_utils.go, calculateStatus.
 */
final class ReplicaSetReport {

    private static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaSetReport() {}

    static ReplicaSetStatus status(ReplicaSet replicaSet, PodCounts counts, @Nullable String failure, long now) {
        return new ReplicaSetStatus(
                counts.active(),
                counts.fullyLabeled(),
                counts.ready(),
                counts.available(),
                counts.terminating(),
                replicaSet.metadata().generation(),
                conditions(replicaSet, counts.active(), failure, now));
    }

    /** A failure is noted once and not renewed; the first sync without one clears it. */
    private static ImmutableList<WorkloadCondition> conditions(
            ReplicaSet replicaSet, int active, @Nullable String failure, long now) {
        ImmutableList<WorkloadCondition> before = replicaSet.status().conditions();
        if (failure == null && before.isEmpty()) {
            return before;
        }
        boolean noted = before.stream().anyMatch(condition -> condition.type().equals(REPLICA_FAILURE));
        if (failure == null) {
            return before.stream()
                    .filter(condition -> !condition.type().equals(REPLICA_FAILURE))
                    .collect(ImmutableList.toImmutableList());
        }
        if (noted) {
            return before;
        }
        String reason = active < replicaSet.replicas() ? "FailedCreate" : "FailedDelete";
        return ImmutableList.<WorkloadCondition>builder()
                .addAll(before)
                .add(new WorkloadCondition(
                        REPLICA_FAILURE, PodCondition.Status.TRUE, reason, failure, Times.NONE, Times.stored(now)))
                .build();
    }

    /**
     * Nanoseconds until the first ready pod has been ready for minReadySeconds, or -1 if none is waiting for that.
     *
     * <p>If ready and available differ and no pod says when that will end, a whole minReadySeconds is waited.
     */
    static long nextAvailability(ReplicaSet replicaSet, List<Pod> active, ReplicaSetStatus status, long now) {
        if (replicaSet.minReadySeconds() == 0 || status.readyReplicas() == status.availableReplicas()) {
            return -1;
        }
        long minReady = replicaSet.minReadySeconds() * Times.SECOND;
        long soonest = Long.MAX_VALUE;
        for (Pod pod : active) {
            long since = pod.readyTransitionTime();
            if (pod.isReady() && Times.isSet(since) && since + minReady > now) {
                soonest = Math.min(soonest, since + minReady - now);
            }
        }
        return soonest == Long.MAX_VALUE ? minReady : soonest;
    }

    static boolean hasAll(Map<String, String> labels, Map<String, String> wanted) {
        return labels == wanted || labels.entrySet().containsAll(wanted.entrySet());
    }
}
