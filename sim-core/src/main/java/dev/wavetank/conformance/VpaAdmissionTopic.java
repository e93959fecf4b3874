package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.vpa.AdmissionPatch;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.ContainerResources;
import dev.wavetank.autoscaling.vpa.LimitRangeItem;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;

/** {@code vpa-admission}: the requests and limits a new pod is patched to. */
final class VpaAdmissionTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "vpa-admission";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<ContainerResources> containers = new ArrayList<>();
        List<ContainerRecommendation> recommendations = new ArrayList<>();
        for (JsonNode container : input.path("containers")) {
            String name = container.path("name").asText();
            containers.add(new ContainerResources(
                    name, VpaJson.amounts(container.path("requests")), VpaJson.amounts(container.path("limits"))));
            if (container.has("recommendedTarget")) {
                ResourceAmounts target = VpaJson.amounts(container.get("recommendedTarget"));
                recommendations.add(new ContainerRecommendation(
                        name, ResourceAmounts.NONE, target, ResourceAmounts.NONE, target, List.of()));
            }
        }
        List<AdmissionPatch> patches = AdmissionPatch.decide(
                containers,
                recommendations,
                VpaJson.resourcePolicy(input.path("containerPolicies")),
                limitRange(input.path("limitRangeContainer")),
                input.has("limitRangePod") ? limitRange(input.get("limitRangePod")) : null);
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (AdmissionPatch patch : patches) {
            ObjectNode node = answer.addObject();
            node.put("name", patch.containerName());
            node.set("requests", VpaJson.json(patch.requests()));
            node.set("limits", VpaJson.json(patch.limits()));
        }
        return answer;
    }

    private static LimitRangeItem limitRange(JsonNode item) {
        return new LimitRangeItem(
                VpaJson.amounts(item.path("min")),
                VpaJson.amounts(item.path("max")),
                VpaJson.amounts(item.path("default")));
    }
}
