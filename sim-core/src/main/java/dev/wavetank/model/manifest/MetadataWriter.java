package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Times;
import dev.wavetank.model.WallClock;

/** Writes metadata, as far as the server has filled it in. */
final class MetadataWriter {

    /** Kinds whose generation the API server does not count. */
    private static final ImmutableSet<String> WITHOUT_GENERATION = ImmutableSet.of(
            "ConfigMap",
            "ClusterRole",
            "ClusterRoleBinding",
            "Endpoints",
            "Event",
            "HorizontalPodAutoscaler",
            "Lease",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "ResourceQuota",
            "Role",
            "RoleBinding",
            "Secret",
            "Service",
            "ServiceAccount",
            "StorageClass");

    private MetadataWriter() {}

    static void write(ObjectNode written, KubernetesObject object, WallClock clock) {
        ObjectMeta metadata = object.metadata();
        written.put("name", metadata.name());
        Json.text(written, "namespace", metadata.namespace());
        Json.text(written, "uid", metadata.uid());
        if (metadata.resourceVersion() > 0) {
            written.put("resourceVersion", Long.toString(metadata.resourceVersion()));
        }
        if (hasGeneration(object)) {
            Json.number(written, "generation", metadata.generation());
        }
        Json.time(written, "creationTimestamp", metadata.creationTimestamp(), clock);
        Json.time(written, "deletionTimestamp", metadata.deletionTimestamp(), clock);
        if (Times.isSet(metadata.deletionTimestamp()) && !object.kind().kind().equals("Namespace")) {
            Json.integer(written, "deletionGracePeriodSeconds", metadata.deletionGracePeriodSeconds());
        }
        Json.texts(written, "labels", metadata.labels());
        Json.texts(written, "annotations", metadata.annotations());
        if (!metadata.ownerReferences().isEmpty()) {
            ArrayNode owners = written.putArray("ownerReferences");
            metadata.ownerReferences().forEach(owner -> write(owners.addObject(), owner));
        }
        Json.texts(written, "finalizers", metadata.finalizers());
    }

    private static boolean hasGeneration(KubernetesObject object) {
        boolean named = WITHOUT_GENERATION.contains(object.kind().kind());
        // a custom resource may bear the same name, as Knative's Service does
        return !named
                || (object.kind().group().contains(".")
                        && !object.kind().group().endsWith(".k8s.io"));
    }

    private static void write(ObjectNode written, OwnerReference owner) {
        written.put("apiVersion", owner.kind().apiVersion());
        written.put("kind", owner.kind().kind());
        written.put("name", owner.name());
        written.put("uid", owner.uid());
        if (owner.controller()) {
            written.put("controller", true);
        }
        if (owner.blockOwnerDeletion()) {
            written.put("blockOwnerDeletion", true);
        }
    }
}
