package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import java.util.Arrays;

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
    private int[] byZone = new int[4];

    void add(NodeInfo node, PodInfo pod, int pods) {
        if (pod.terminating()) {
            return;
        }
        bySlot = withRoomFor(node.slot(), bySlot);
        bySlot[node.slot()] += pods;
        byZone = withRoomFor(node.zoneIndex(), byZone);
        byZone[node.zoneIndex()] += pods;
    }

    private static int[] withRoomFor(int index, int[] counts) {
        return index < counts.length ? counts : Arrays.copyOf(counts, Math.max(2 * counts.length, index + 1));
    }

    int on(NodeInfo node) {
        return node.slot() < bySlot.length ? bySlot[node.slot()] : 0;
    }

    /** In a zone by its index; nodes without a zone are counted as one. */
    int inZone(int zoneIndex) {
        return zoneIndex < byZone.length ? byZone[zoneIndex] : 0;
    }
}
