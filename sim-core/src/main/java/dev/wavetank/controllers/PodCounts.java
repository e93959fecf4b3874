package dev.wavetank.controllers;

import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import java.util.List;

/**
 * The figures of a ReplicaSet's status.
 *
 * @param active pods that count
 * @param fullyLabeled those among them that carry all labels of the template
 * @param terminating pods on their way out, which do not count
 */
record PodCounts(int active, int fullyLabeled, int ready, int available, int terminating) {

    static PodCounts of(ReplicaSet replicaSet, List<Pod> active, int terminating, long now) {
        int labeled = 0;
        int ready = 0;
        int available = 0;
        for (Pod pod : active) {
            if (ReplicaSetReport.hasAll(
                    pod.metadata().labels(), replicaSet.template().labels())) {
                labeled++;
            }
            if (pod.isReady()) {
                ready++;
            }
            if (pod.isAvailable(replicaSet.minReadySeconds(), now)) {
                available++;
            }
        }
        return new PodCounts(active.size(), labeled, ready, available, terminating);
    }
}
