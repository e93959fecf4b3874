package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.vpa.ContainerPolicy;
import dev.wavetank.autoscaling.vpa.ContainerPolicy.ControlledValues;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.ResourcePolicy;
import java.util.EnumSet;
import java.util.Locale;

/** Reads and writes what the VPA's vector files have in common. */
final class VpaJson {

    private VpaJson() {}

    /** {@code {"cpu": millicores, "memory": bytes}}, either or both missing; a missing node is empty too. */
    static ResourceAmounts amounts(JsonNode node) {
        ResourceAmounts amounts = ResourceAmounts.NONE;
        for (Resource resource : Resource.values()) {
            if (node.has(resource.apiName())) {
                amounts = amounts.with(resource, node.get(resource.apiName()).longValue());
            }
        }
        return amounts;
    }

    static ObjectNode json(ResourceAmounts amounts) {
        ObjectNode node = Json.object();
        for (Resource resource : Resource.values()) {
            Long amount = amounts.get(resource);
            if (amount != null) {
                node.put(resource.apiName(), amount);
            }
        }
        return node;
    }

    static Resource resource(String apiName) {
        return Resource.valueOf(apiName.toUpperCase(Locale.ROOT));
    }

    static ContainerPolicy containerPolicy(JsonNode node) {
        EnumSet<Resource> controlled = EnumSet.noneOf(Resource.class);
        node.path("controlledResources").forEach(name -> controlled.add(resource(name.textValue())));
        return new ContainerPolicy(
                !node.path("mode").asText().equals("Off"),
                amounts(node.path("minAllowed")),
                amounts(node.path("maxAllowed")),
                node.has("controlledResources") ? controlled : ContainerPolicy.DEFAULT.controlledResources(),
                node.path("controlledValues").asText().equals("RequestsOnly")
                        ? ControlledValues.REQUESTS_ONLY
                        : ControlledValues.REQUESTS_AND_LIMITS);
    }

    /** A list of policies, each with its {@code containerName}. */
    static ResourcePolicy resourcePolicy(JsonNode policies) {
        ImmutableMap.Builder<String, ContainerPolicy> byName = ImmutableMap.builder();
        policies.forEach(policy -> byName.put(policy.path("containerName").asText(), containerPolicy(policy)));
        return new ResourcePolicy(byName.buildOrThrow());
    }
}
