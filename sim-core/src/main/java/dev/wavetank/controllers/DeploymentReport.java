package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures a Deployment reports: sums over what its ReplicaSets report, so always a step behind the pods.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/sync.go calculateStatus, util DeploymentComplete.
 */
final class DeploymentReport {

    private DeploymentReport() {}

    /** The status for these ReplicaSets, with the condition Available set and all others as they were. */
    static DeploymentStatus status(Deployment deployment, Generations generations, long now) {
        ImmutableList<ReplicaSet> all = generations.all();
        ReplicaSet newest = generations.newest();
        int available = Generations.available(all);
        DeploymentStatus counted = new DeploymentStatus(
                deployment.metadata().generation(),
                all.stream().mapToInt(one -> one.status().replicas()).sum(),
                newest == null ? 0 : newest.status().replicas(),
                all.stream().mapToInt(one -> one.status().readyReplicas()).sum(),
                available,
                Math.max(0, Generations.total(all) - available),
                terminating(all),
                deployment.status().collisionCount(),
                deployment.status().conditions());
        int minAvailable = Fenceposts.of(deployment.spec()).minAvailable();
        return DeploymentConditions.with(counted, DeploymentConditions.available(available, minAvailable, now));
    }

    /** The sum, or null if one does not say. A ReplicaSet that was never looked at has nothing to say and does not count. */
    private static @Nullable Integer terminating(List<ReplicaSet> replicaSets) {
        int sum = 0;
        for (ReplicaSet replicaSet : replicaSets) {
            Integer terminating = replicaSet.status().terminatingReplicas();
            if (terminating != null) {
                sum += terminating;
            } else if (replicaSet.status().observedGeneration() != 0) {
                return null;
            }
        }
        return sum;
    }

    /** True once all pods are new, none is old, all are available, and the figures are about the present spec. */
    static boolean isComplete(Deployment deployment, DeploymentStatus status) {
        int replicas = deployment.spec().replicas();
        return status.updatedReplicas() == replicas
                && status.replicas() == replicas
                && status.availableReplicas() == replicas
                && status.observedGeneration() >= deployment.metadata().generation();
    }

    /** The failure a ReplicaSet reports, the new one's before any old one's; null if none does. */
    static @Nullable WorkloadCondition replicaFailure(Generations generations) {
        ReplicaSet newest = generations.newest();
        ImmutableList.Builder<ReplicaSet> inOrder = ImmutableList.builder();
        if (newest != null) {
            inOrder.add(newest);
        }
        for (ReplicaSet replicaSet : inOrder.addAll(generations.old()).build()) {
            for (WorkloadCondition condition : replicaSet.status().conditions()) {
                if (condition.type().equals(DeploymentConditions.REPLICA_FAILURE)) {
                    return new WorkloadCondition(
                            condition.type(),
                            condition.status(),
                            condition.reason(),
                            condition.message(),
                            condition.lastTransitionTime(),
                            condition.lastTransitionTime());
                }
            }
        }
        return null;
    }
}
