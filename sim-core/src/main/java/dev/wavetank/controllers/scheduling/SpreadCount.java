package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many pods a selector matches, per node and per zone, pods being deleted left out. Counting afresh for every decision
 * would walk over all pods of the cluster; this costs a few additions when a pod comes or goes.
 */
final class SpreadCount {

    /** Which pods are counted. */
    record Selection(String namespace, LabelSelector selector) {

        boolean matches(Labels pods) {
            return namespace.equals(pods.namespace) && selector.matches(pods.labels);
        }
    }

    /** What pods of one template have in common; a selector matches all of them or none. */
    record Labels(String namespace, ImmutableMap<String, String> labels) {

        static Labels of(PodInfo pod) {
            return new Labels(pod.namespace(), pod.labels());
        }
    }

    private int[] bySlot = new int[16];
    private final Map<String, Integer> byZone = new HashMap<>();

    void add(NodeInfo node, PodInfo pod, int pods) {
        if (pod.terminating()) {
            return;
        }
        if (node.slot() >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(2 * bySlot.length, node.slot() + 1));
        }
        bySlot[node.slot()] += pods;
        byZone.merge(node.node().zone(), pods, Integer::sum);
    }

    int on(NodeInfo node) {
        return node.slot() < bySlot.length ? bySlot[node.slot()] : 0;
    }

    int inZone(String zone) {
        return byZone.getOrDefault(zone, 0);
    }
}
