package dev.wavetank.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.manifest.LastApplied;

/**
 * Lays a whole object over the one that is already there: its spec, labels and annotations, not its status or identity.
 * Manifests of Deployments are merged more carefully, see {@link Deployments}.
 */
final class Applied {

    private Applied() {}

    static KubernetesObject over(KubernetesObject stored, KubernetesObject manifest) {
        ObjectMeta metadata = stored.metadata()
                .withLabels(manifest.metadata().labels())
                .withAnnotations(merged(stored, manifest.metadata()));
        if (stored instanceof Deployment before && manifest instanceof Deployment wanted) {
            return new Deployment(metadata, wanted.spec(), before.status());
        }
        if (stored instanceof HorizontalPodAutoscaler before && manifest instanceof HorizontalPodAutoscaler wanted) {
            return new HorizontalPodAutoscaler(metadata, wanted.spec(), before.status());
        }
        if (stored instanceof PodDisruptionBudget before && manifest instanceof PodDisruptionBudget wanted) {
            return wanted.withMetadata(metadata).withStatus(before.status());
        }
        if (stored instanceof KeptObject before
                && manifest instanceof KeptObject wanted
                && CustomResource.status(before) instanceof ObjectNode status) {
            return CustomResource.withStatus(wanted.withMetadata(metadata), status);
        }
        if (stored instanceof Pod || stored instanceof ReplicaSet || stored instanceof Node) {
            return stored.withMetadata(metadata);
        }
        return manifest.withMetadata(metadata);
    }

    /** Annotations the manifest says nothing about belong to others and stay, unless an earlier manifest set them. */
    private static ImmutableMap<String, String> merged(KubernetesObject stored, ObjectMeta manifest) {
        ObjectNode earlier = LastApplied.manifestOf(stored);
        ImmutableMap.Builder<String, String> merged = ImmutableMap.builder();
        stored.metadata().annotations().forEach((key, value) -> {
            if (earlier == null || !earlier.at("/metadata/annotations").has(key)) {
                merged.put(key, value);
            }
        });
        return merged.putAll(manifest.annotations()).buildKeepingLast();
    }
}
