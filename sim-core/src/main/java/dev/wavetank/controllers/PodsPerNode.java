package dev.wavetank.controllers;

import dev.wavetank.model.Pod;
import java.util.HashMap;
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
    public static final PodsPerNode NO_WORKLOAD = new PodsPerNode();

    /** Only ever looked up by key, so its order cannot matter. */
    private final Map<String, Integer> counts = new HashMap<>();

    private PodsPerNode() {}

    /** Counts each pod once; pods that are finished or on their way out are passed over. */
    public static PodsPerNode of(Iterable<Pod> workload) {
        PodsPerNode perNode = new PodsPerNode();
        for (Pod pod : workload) {
            if (pod.isActive()) {
                perNode.counts.merge(pod.nodeName(), 1, Integer::sum);
            }
        }
        return perNode;
    }

    public int rankOf(Pod pod) {
        return counts.getOrDefault(pod.nodeName(), 0);
    }
}
