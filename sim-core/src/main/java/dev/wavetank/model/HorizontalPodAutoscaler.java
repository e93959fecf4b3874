package dev.wavetank.model;

/** A HorizontalPodAutoscaler of {@code autoscaling/v2}. */
public record HorizontalPodAutoscaler(
        ObjectMeta metadata, HorizontalPodAutoscalerSpec spec, HorizontalPodAutoscalerStatus status)
        implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof HorizontalPodAutoscaler autoscaler && autoscaler.spec.equals(spec);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.HORIZONTAL_POD_AUTOSCALER;
    }

    @Override
    public HorizontalPodAutoscaler withMetadata(ObjectMeta metadata) {
        return new HorizontalPodAutoscaler(metadata, spec, status);
    }

    public HorizontalPodAutoscaler withSpec(HorizontalPodAutoscalerSpec spec) {
        return new HorizontalPodAutoscaler(metadata, spec, status);
    }

    public HorizontalPodAutoscaler withStatus(HorizontalPodAutoscalerStatus status) {
        return new HorizontalPodAutoscaler(metadata, spec, status);
    }

    public String name() {
        return metadata.name();
    }
}
