package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * A machine of the cluster.
 *
 * @param unschedulable true once cordoned
 * @param allocatable what pods may ask for in all
 * @param maxPods how many pods it takes, default 110
 * @param ready False once its kubelet says so, Unknown once the kubelet is silent
 * @param images what it has, by reference, with the size in bytes; only images whose size is known
 */
public record Node(
        ObjectMeta metadata,
        boolean unschedulable,
        ImmutableList<Taint> taints,
        Resources allocatable,
        int maxPods,
        PodCondition.Status ready,
        ImmutableMap<String, Long> images)
        implements KubernetesObject {

    /** The label that names a node's zone. */
    public static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    /** The label that names a node itself. */
    public static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof Node node && node.unschedulable == unschedulable && node.taints.equals(taints);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.NODE;
    }

    @Override
    public Node withMetadata(ObjectMeta metadata) {
        return new Node(metadata, unschedulable, taints, allocatable, maxPods, ready, images);
    }

    public Node withUnschedulable(boolean unschedulable) {
        return new Node(metadata, unschedulable, taints, allocatable, maxPods, ready, images);
    }

    public Node withTaints(ImmutableList<Taint> taints) {
        return new Node(metadata, unschedulable, taints, allocatable, maxPods, ready, images);
    }

    public Node withReady(PodCondition.Status ready) {
        return new Node(metadata, unschedulable, taints, allocatable, maxPods, ready, images);
    }

    public Node withImages(ImmutableMap<String, Long> images) {
        return new Node(metadata, unschedulable, taints, allocatable, maxPods, ready, images);
    }

    public String name() {
        return metadata.name();
    }

    public String zone() {
        return metadata.labels().getOrDefault(ZONE_LABEL, "");
    }
}
