package dev.wavetank.controllers;

import dev.wavetank.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many active pods of one workload each node runs; a node that runs many gives its pods up first.
 *
 * <p>The workload is every pod that matches the selector of a ReplicaSet with the same controller, owned or not. Pods
 * without a node are counted together. A ReplicaSet that nobody controls has no workload and ranks every pod 0.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset getPodsRankedByRelatedPodsOnSameNode.
 */
public final class PodsPerNode {

    /** For a ReplicaSet without a controller. */
    public static final PodsPerNode NO_WORKLOAD = new PodsPerNode(List.of());

    /** Counts that are added up; only ever looked up by key, so their order cannot matter. */
    private final List<Map<String, Integer>> counts;

    private PodsPerNode(List<Map<String, Integer>> counts) {
        this.counts = counts;
    }

    /** Counts each pod once; pods that are finished or on their way out are passed over. */
    public static PodsPerNode of(Iterable<Pod> workload) {
        Map<String, Integer> counts = new HashMap<>();
        for (Pod pod : workload) {
            if (pod.isActive()) {
                counts.merge(pod.nodeName(), 1, Integer::sum);
            }
        }
        return new PodsPerNode(List.of(counts));
    }

    /** Adds up what is known of the active pods of each ReplicaSet. */
    static PodsPerNode sum(List<PodTally> tallies) {
        return new PodsPerNode(tallies.stream().map(PodTally::activeByNode).toList());
    }

    public int rankOf(Pod pod) {
        int rank = 0;
        for (Map<String, Integer> each : counts) {
            rank += each.getOrDefault(pod.nodeName(), 0);
        }
        return rank;
    }
}
