package dev.wavetank.model;

/**
 * A pod.
 *
 * @param nodeName the node it is bound to; empty before it is scheduled
 */
public record Pod(ObjectMeta metadata, PodSpec spec, String nodeName, PodStatus status) implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof Pod pod && pod.spec.equals(spec);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.POD;
    }

    @Override
    public Pod withMetadata(ObjectMeta metadata) {
        return new Pod(metadata, spec, nodeName, status);
    }

    public Pod withSpec(PodSpec spec) {
        return new Pod(metadata, spec, nodeName, status);
    }

    public Pod withNodeName(String nodeName) {
        return new Pod(metadata, spec, nodeName, status);
    }

    public Pod withStatus(PodStatus status) {
        return new Pod(metadata, spec, nodeName, status);
    }

    public String name() {
        return metadata.name();
    }

    public boolean isScheduled() {
        return !nodeName.isEmpty();
    }

    /** Neither finished nor on its way out; only such pods count for a ReplicaSet. */
    public boolean isActive() {
        return !status.phase().isFinal() && !metadata.isBeingDeleted();
    }

    /** Asked to go, and not finished yet. */
    public boolean isTerminating() {
        return metadata.isBeingDeleted() && !status.phase().isFinal();
    }

    public boolean isReady() {
        return status.is(PodCondition.Type.READY);
    }

    /** When readiness last changed, or {@link Times#NONE} if the pod has no Ready condition. */
    public long readyTransitionTime() {
        PodCondition ready = status.condition(PodCondition.Type.READY);
        return ready == null ? Times.NONE : ready.lastTransitionTime();
    }

    /**
     * Ready for at least {@code minReadySeconds}.
     *
     * <p>Source: kubernetes 1.36 pkg/api/v1/pod IsPodAvailable.
     */
    public boolean isAvailable(int minReadySeconds, long now) {
        if (!isReady()) {
            return false;
        }
        long since = readyTransitionTime();
        return minReadySeconds == 0 || (Times.isSet(since) && since + minReadySeconds * Times.SECOND <= now);
    }
}
