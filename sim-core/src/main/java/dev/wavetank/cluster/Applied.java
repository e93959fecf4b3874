package dev.wavetank.cluster;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;

/** Lays a manifest over the object that is already there: its spec, labels and annotations, not its status or identity. */
final class Applied {

    private Applied() {}

    static KubernetesObject over(KubernetesObject stored, KubernetesObject manifest) {
        ObjectMeta metadata = stored.metadata()
                .withLabels(manifest.metadata().labels())
                .withAnnotations(merged(stored.metadata(), manifest.metadata()));
        if (stored instanceof Deployment before && manifest instanceof Deployment wanted) {
            return new Deployment(metadata, wanted.spec(), before.status());
        }
        if (stored instanceof HorizontalPodAutoscaler before && manifest instanceof HorizontalPodAutoscaler wanted) {
            return new HorizontalPodAutoscaler(metadata, wanted.spec(), before.status());
        }
        if (stored instanceof Pod || stored instanceof ReplicaSet || stored instanceof Node) {
            return stored.withMetadata(metadata);
        }
        return manifest.withMetadata(metadata);
    }

    /** Annotations the manifest says nothing about belong to others and stay. */
    private static com.google.common.collect.ImmutableMap<String, String> merged(
            ObjectMeta stored, ObjectMeta manifest) {
        return com.google.common.collect.ImmutableMap.<String, String>builder()
                .putAll(stored.annotations())
                .putAll(manifest.annotations())
                .buildKeepingLast();
    }
}
