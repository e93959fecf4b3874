package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/workloads}. */
final class WorkloadTopics {

    private WorkloadTopics() {}

    static List<Topic> all() {
        return List.of(new PodVictimsTopic(), new SlowStartTopic(), new ReplicaSetSyncTopic());
    }
}
