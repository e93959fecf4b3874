package dev.wavetank.model;

/** Rolls templates of pods out, by way of ReplicaSets. */
public record Deployment(ObjectMeta metadata, DeploymentSpec spec, DeploymentStatus status)
        implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof Deployment deployment
                && deployment.spec.equals(spec)
                && deployment.metadata.annotations().equals(metadata.annotations());
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.DEPLOYMENT;
    }

    @Override
    public Deployment withMetadata(ObjectMeta metadata) {
        return new Deployment(metadata, spec, status);
    }

    public Deployment withSpec(DeploymentSpec spec) {
        return new Deployment(metadata, spec, status);
    }

    public Deployment withStatus(DeploymentStatus status) {
        return new Deployment(metadata, spec, status);
    }

    public String name() {
        return metadata.name();
    }
}
