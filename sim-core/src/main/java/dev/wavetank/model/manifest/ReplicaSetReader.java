package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.WallClock;

/** Reads ReplicaSets. */
final class ReplicaSetReader {

    private ReplicaSetReader() {}

    static ReplicaSet read(Field manifest, ObjectMeta metadata, WallClock clock) {
        Field spec = manifest.get("spec")
                .required("Describe what the ReplicaSet is to be.")
                .expectObject();
        return new ReplicaSet(
                metadata,
                spec.get("replicas").integer(1, 0),
                spec.get("minReadySeconds").integer(0, 0),
                SelectorReader.read(spec.get("selector").required("Choose the pods by the labels of the template.")),
                template(spec.get("template").required("Describe the pods.").expectObject()),
                status(manifest.get("status").expectObject(), clock));
    }

    /** The label that tells templates apart is no part of what was given. */
    private static PodTemplate template(Field template) {
        PodTemplate read = PodReader.template(template, "ReplicaSet");
        String hash = read.labels().get(PodTemplate.HASH_LABEL);
        if (hash == null || !(read.source().deepCopy() instanceof ObjectNode source)) {
            return read;
        }
        ObjectNode metadata = Json.objectIn(source, "metadata");
        ObjectNode labels = Json.objectIn(metadata, "labels");
        labels.remove(PodTemplate.HASH_LABEL);
        if (labels.isEmpty()) {
            metadata.remove("labels");
        }
        return new PodTemplate(read.labels(), read.annotations(), read.spec(), source);
    }

    private static ReplicaSetStatus status(Field status, WallClock clock) {
        return new ReplicaSetStatus(
                Read.count(status.get("replicas")),
                Read.count(status.get("fullyLabeledReplicas")),
                Read.count(status.get("readyReplicas")),
                Read.count(status.get("availableReplicas")),
                status.get("terminatingReplicas").integerOrNull(0),
                Read.generation(status.get("observedGeneration")),
                Conditions.read(status, clock));
    }
}
