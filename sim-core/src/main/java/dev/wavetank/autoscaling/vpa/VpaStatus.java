package dev.wavetank.autoscaling.vpa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Quantity;
import java.util.List;

/** The recommendation in a VerticalPodAutoscaler's status, read and written. */
public final class VpaStatus {

    private static final long BINARY_STEP = 1024;

    private VpaStatus() {}

    static ImmutableList<ContainerRecommendation> recommendations(JsonNode status) {
        ImmutableList.Builder<ContainerRecommendation> read = ImmutableList.builder();
        for (JsonNode container : status.path("recommendation").path("containerRecommendations")) {
            read.add(new ContainerRecommendation(
                    container.path("containerName").asText(),
                    amounts(container.path("lowerBound")),
                    amounts(container.path("target")),
                    amounts(container.path("upperBound")),
                    amounts(container.path("uncappedTarget")),
                    List.of()));
        }
        return read.build();
    }

    /** Puts a recommendation into a status. */
    public static void write(ObjectNode status, List<ContainerRecommendation> recommendations) {
        ArrayNode list = status.putObject("recommendation").putArray("containerRecommendations");
        for (ContainerRecommendation recommendation : recommendations) {
            ObjectNode container = list.addObject().put("containerName", recommendation.containerName());
            write(container, "lowerBound", recommendation.lowerBound());
            write(container, "target", recommendation.target());
            write(container, "uncappedTarget", recommendation.uncappedTarget());
            write(container, "upperBound", recommendation.upperBound());
        }
    }

    private static void write(ObjectNode container, String name, ResourceAmounts amounts) {
        ObjectNode map = container.putObject(name);
        for (Resource resource : Resource.values()) {
            Long amount = amounts.get(resource);
            if (amount != null) {
                map.put(resource.apiName(), quantity(resource, amount));
            }
        }
    }

    /** An amount as the recommender writes it: memory in binary units where they come out even, in bytes where not. */
    static String quantity(Resource resource, long amount) {
        return switch (resource) {
            case CPU -> Quantity.ofMillis(amount).canonical();
            case MEMORY -> amount % BINARY_STEP == 0 ? Quantity.ofBytes(amount).canonical() : Long.toString(amount);
        };
    }

    private static ResourceAmounts amounts(JsonNode map) {
        JsonNode cpu = map.path("cpu");
        JsonNode memory = map.path("memory");
        return new ResourceAmounts(
                cpu.isTextual() ? Long.valueOf(Quantity.parse(cpu.asText()).milliValue()) : null,
                memory.isTextual()
                        ? Long.valueOf(Quantity.parse(memory.asText()).value())
                        : null);
    }
}
