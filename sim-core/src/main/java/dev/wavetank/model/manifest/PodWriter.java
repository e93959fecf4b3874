package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Toleration;
import java.util.Map;

/** Writes Pods. */
final class PodWriter implements KindWriter<Pod> {

    @Override
    public void write(ObjectNode written, Pod pod, Surroundings around) {
        written.set("spec", spec(pod));
        PodStatusWriter.write(written.putObject("status"), pod.status(), around.clock());
    }

    /** The spec as it was given, with what admission and the scheduler have added. */
    private static ObjectNode spec(Pod pod) {
        ObjectNode spec = Json.object();
        JsonNode source = pod.spec().source();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            spec.set(field.getKey(), field.getValue().deepCopy());
        }
        if (pod.isScheduled()) {
            spec.put("nodeName", pod.nodeName());
        } else {
            spec.remove("nodeName");
        }
        tolerations(spec, pod.spec());
        spec.put("priority", pod.spec().priority());
        return spec;
    }

    private static void tolerations(ObjectNode spec, PodSpec pod) {
        int given = spec.path("tolerations").size();
        if (given >= pod.tolerations().size()) {
            return;
        }
        ArrayNode tolerations = spec.withArray("tolerations");
        for (Toleration toleration :
                pod.tolerations().subList(given, pod.tolerations().size())) {
            ObjectNode written = tolerations.addObject();
            Json.text(written, "key", toleration.key());
            if (toleration.exists()) {
                written.put("operator", "Exists");
            }
            Json.text(written, "value", toleration.value());
            Json.text(written, "effect", toleration.effect());
            if (toleration.tolerationSeconds() != null) {
                Json.integer(written, "tolerationSeconds", toleration.tolerationSeconds());
            }
        }
    }

    @Override
    public void complete(ObjectNode written, Pod pod, Surroundings around) {
        OwnerReference owner = pod.metadata().controller();
        if (owner != null
                && owner.kind().equals(ResourceKind.REPLICA_SET)
                && pod.name().startsWith(owner.name() + "-")) {
            Json.absent(Json.objectIn(written, "metadata"), "generateName", owner.name() + "-");
        }
        ObjectNode spec = Json.objectIn(written, "spec");
        Json.absent(spec, "enableServiceLinks", true);
        Json.absent(spec, "preemptionPolicy", "PreemptLowerPriority");
        PodStatusWriter.complete(written, pod, around);
    }
}
