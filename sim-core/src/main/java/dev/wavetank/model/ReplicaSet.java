package dev.wavetank.model;

/** Keeps a number of pods of one template alive. */
public record ReplicaSet(
        ObjectMeta metadata,
        int replicas,
        int minReadySeconds,
        LabelSelector selector,
        PodTemplate template,
        ReplicaSetStatus status)
        implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof ReplicaSet set
                && set.replicas == replicas
                && set.minReadySeconds == minReadySeconds
                && set.selector.equals(selector)
                && set.template.equals(template);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.REPLICA_SET;
    }

    @Override
    public ReplicaSet withMetadata(ObjectMeta metadata) {
        return new ReplicaSet(metadata, replicas, minReadySeconds, selector, template, status);
    }

    public ReplicaSet withReplicas(int replicas) {
        return new ReplicaSet(metadata, replicas, minReadySeconds, selector, template, status);
    }

    public ReplicaSet withMinReadySeconds(int minReadySeconds) {
        return new ReplicaSet(metadata, replicas, minReadySeconds, selector, template, status);
    }

    public ReplicaSet withStatus(ReplicaSetStatus status) {
        return new ReplicaSet(metadata, replicas, minReadySeconds, selector, template, status);
    }

    public String name() {
        return metadata.name();
    }
}
