package dev.wavetank.autoscaling.vpa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.Field;
import java.util.List;

/** The kind VerticalPodAutoscaler, and what its admission webhook does to objects of it. */
public final class VpaDefinition implements CustomResourceDefinition {

    @Override
    public ResourceKind resource() {
        return VerticalPodAutoscaler.KIND;
    }

    @Override
    public List<String> shortNames() {
        return List.of("vpa");
    }

    @Override
    public void check(Field manifest) {
        VpaSpecReader.check(manifest.get("spec")
                .required("Say whose pods it is about, in targetRef.")
                .expectObject());
    }

    @Override
    public void complete(ObjectNode manifest) {
        if (manifest.path("spec") instanceof ObjectNode spec && !spec.has("updatePolicy")) {
            spec.putObject("updatePolicy").put("updateMode", UpdateMode.RECREATE.apiName());
        }
    }

    @Override
    public ImmutableList<String> columnTitles() {
        return ImmutableList.of("MODE", "CPU", "MEM", "PROVIDED");
    }

    @Override
    public ImmutableMap<String, String> columns(KeptObject object) {
        JsonNode status = CustomResource.status(object);
        JsonNode target = status.at("/recommendation/containerRecommendations/0/target");
        return ImmutableMap.of(
                "MODE",
                CustomResource.spec(object).at("/updatePolicy/updateMode").asText(),
                "CPU",
                target.path("cpu").asText(),
                "MEM",
                target.path("memory").asText(),
                "PROVIDED",
                CustomResource.conditionStatus(status, "RecommendationProvided"));
    }
}
