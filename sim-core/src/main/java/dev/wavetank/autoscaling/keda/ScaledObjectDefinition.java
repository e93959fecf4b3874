package dev.wavetank.autoscaling.keda;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.Field;
import java.util.List;

/** The kind ScaledObject, and what KEDA's admission webhook says of objects of it. */
public final class ScaledObjectDefinition implements CustomResourceDefinition {

    @Override
    public ResourceKind resource() {
        return ScaledObject.KIND;
    }

    @Override
    public List<String> shortNames() {
        return List.of("so");
    }

    @Override
    public void check(Field manifest) {
        Field spec = manifest.get("spec")
                .required("Say what to scale, in scaleTargetRef, and when, in triggers.")
                .expectObject();
        if (!spec.isPresent()) {
            return;
        }
        ObjectMeta metadata = ObjectMeta.named(
                "default", manifest.get("metadata").get("name").node().asText("x"));
        ScaledObject read = ScaledObject.read(new KeptObject(ScaledObject.KIND, metadata, manifest.node()), spec);
        boolean resourcesOnly = !read.triggers().isEmpty()
                && read.triggers().stream().allMatch(trigger -> trigger.kind() == Trigger.Kind.RESOURCE);
        if (resourcesOnly && read.spec().minReplicaCount() == 0) {
            spec.get("triggers")
                    .problem(
                            "cpu and memory triggers alone cannot bring a workload back from zero",
                            "Set minReplicaCount to at least 1, or add another trigger.");
        }
    }

    @Override
    public ImmutableList<String> columnTitles() {
        return ImmutableList.of(
                "SCALETARGETKIND",
                "SCALETARGETNAME",
                "MIN",
                "MAX",
                "READY",
                "ACTIVE",
                "FALLBACK",
                "PAUSED",
                "TRIGGERS");
    }

    @Override
    public ImmutableMap<String, String> columns(KeptObject object) {
        JsonNode status = CustomResource.status(object);
        JsonNode spec = CustomResource.spec(object);
        return ImmutableMap.<String, String>builder()
                .put("SCALETARGETKIND", status.path("scaleTargetKind").asText())
                .put("SCALETARGETNAME", spec.at("/scaleTargetRef/name").asText())
                .put("MIN", spec.path("minReplicaCount").asText())
                .put("MAX", spec.path("maxReplicaCount").asText())
                .put("READY", CustomResource.conditionStatus(status, "Ready"))
                .put("ACTIVE", CustomResource.conditionStatus(status, "Active"))
                .put("FALLBACK", CustomResource.conditionStatus(status, "Fallback"))
                .put("PAUSED", CustomResource.conditionStatus(status, "Paused"))
                .put("TRIGGERS", status.path("triggersTypes").asText())
                .buildOrThrow();
    }
}
