package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import java.util.Map;

/** Writes ReplicaSets. */
final class ReplicaSetWriter implements KindWriter<ReplicaSet> {

    @Override
    public void write(ObjectNode written, ReplicaSet set, Surroundings around) {
        ObjectNode spec = written.putObject("spec");
        spec.put("replicas", set.replicas());
        Json.number(spec, "minReadySeconds", set.minReadySeconds());
        Json.selector(spec.putObject("selector"), set.selector());
        spec.set("template", template(set.template()));
        ObjectNode status = written.putObject("status");
        ReplicaSetStatus counted = set.status();
        status.put("replicas", counted.replicas());
        Json.number(status, "fullyLabeledReplicas", counted.fullyLabeledReplicas());
        Json.number(status, "readyReplicas", counted.readyReplicas());
        Json.number(status, "availableReplicas", counted.availableReplicas());
        Json.number(status, "terminatingReplicas", counted.terminatingReplicas());
        Json.number(status, "observedGeneration", counted.observedGeneration());
        Conditions.write(status, counted.conditions(), around.clock());
    }

    /** The template as it was given, with the label that tells it apart. */
    private static JsonNode template(PodTemplate template) {
        ObjectNode written = Json.object();
        if (template.source() instanceof ObjectNode source) {
            ObjectNode metadata = Json.objectIn(source, "metadata").deepCopy();
            ObjectNode labels = Json.objectIn(metadata, "labels").deepCopy();
            for (Map.Entry<String, String> label : template.labels().entrySet()) {
                labels.put(label.getKey(), label.getValue());
            }
            if (!labels.isEmpty()) {
                metadata.set("labels", labels);
            }
            written.set("metadata", metadata);
            source.properties()
                    .forEach(field -> Json.absent(
                            written, field.getKey(), field.getValue().deepCopy()));
        }
        return written;
    }
}
