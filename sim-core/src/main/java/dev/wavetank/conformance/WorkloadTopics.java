package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/workloads}. */
final class WorkloadTopics {

    private WorkloadTopics() {}

    static List<Topic> all() {
        return List.of(
                new PodVictimsTopic(),
                new SlowStartTopic(),
                new ReplicaSetSyncTopic(),
                new FencepostsTopic(),
                new NewReplicaSetSizeTopic(),
                new DeploymentSyncTopic("rolling-step"),
                new DeploymentSyncTopic("recreate-step"),
                new DeploymentSyncTopic("proportional-scaling"),
                new DeploymentSyncTopic("deployment-conditions"),
                new DeploymentSyncTopic("revision-history"),
                new RolloutTraceTopic(),
                new RolloutStatusTopic(),
                new RolloutUndoTopic(),
                new ReplicasOwnershipTopic());
    }
}
