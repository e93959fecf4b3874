package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.vpa.ContainerPolicy;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.ContainerResources;
import dev.wavetank.autoscaling.vpa.EvictionRequirement;
import dev.wavetank.autoscaling.vpa.LimitRangeItem;
import dev.wavetank.autoscaling.vpa.ResizeCondition;
import dev.wavetank.autoscaling.vpa.ResizeWatch;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.ResourcePolicy;
import dev.wavetank.autoscaling.vpa.UpdatablePod;
import dev.wavetank.autoscaling.vpa.UpdateMode;
import dev.wavetank.autoscaling.vpa.Updater;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vpa-updater}: which pods each loop of the updater evicts or resizes. */
final class VpaUpdaterTopic implements Topic {

    private static final String CONTAINER = "app";
    private static final long MILLI_NANOS = 1_000_000;

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "vpa-updater";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Updater.Target target = target(input);
        ResizeWatch resizes = new ResizeWatch();
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode loop : input.path("loops")) {
            List<UpdatablePod> pods = new ArrayList<>();
            loop.path("pods").forEach(pod -> pods.add(pod(pod)));
            long nowNanos = loop.path("atMs").longValue() * MILLI_NANOS;
            ObjectNode node = answer.addObject();
            ArrayNode evicted = node.putArray("evicted");
            ArrayNode resized = node.putArray("resizedInPlace");
            for (Updater.Decision decision : Updater.run(target, pods, resizes, nowNanos, Updater.Requests.GRANTED)) {
                switch (decision.action()) {
                    case EVICT -> evicted.add(decision.pod());
                    case RESIZE -> resized.add(decision.pod());
                    case NONE -> {}
                }
            }
        }
        return answer;
    }

    private static Updater.Target target(JsonNode input) {
        ContainerRecommendation recommendation = new ContainerRecommendation(
                CONTAINER,
                VpaJson.amounts(input.path("lowerBound")),
                VpaJson.amounts(input.path("target")),
                VpaJson.amounts(input.path("upperBound")),
                VpaJson.amounts(input.path("target")),
                List.of());
        ContainerPolicy policy = ContainerPolicy.DEFAULT.withBounds(
                VpaJson.amounts(input.path("minAllowed")), VpaJson.amounts(input.path("maxAllowed")));
        List<EvictionRequirement> requirements = new ArrayList<>();
        for (JsonNode requirement : input.path("evictionRequirements")) {
            List<Resource> resources = new ArrayList<>();
            requirement.get(0).forEach(name -> resources.add(VpaJson.resource(name.asText())));
            requirements.add(new EvictionRequirement(
                    resources,
                    requirement.get(1).asText().equals("TargetHigherThanRequests")
                            ? EvictionRequirement.Change.TARGET_HIGHER_THAN_REQUESTS
                            : EvictionRequirement.Change.TARGET_LOWER_THAN_REQUESTS));
        }
        return new Updater.Target(
                UpdateMode.of(input.path("updateMode").asText()),
                input.path("minReplicas").asInt(Updater.DEFAULT_MIN_REPLICAS),
                input.path("replicaSetReplicas").intValue(),
                List.of(recommendation),
                new ResourcePolicy(ImmutableMap.of(CONTAINER, policy)),
                requirements,
                LimitRangeItem.NONE,
                null);
    }

    private static UpdatablePod pod(JsonNode pod) {
        JsonNode oomKilledAfter = pod.path("lastTerminationOOMKilledAfterMs");
        return new UpdatablePod(
                pod.path("name").asText(),
                pod.path("phase").asText().equals("Pending"),
                pod.path("ageMs").longValue() * MILLI_NANOS,
                List.of(new ContainerResources(CONTAINER, VpaJson.amounts(pod.path("requests")), ResourceAmounts.NONE)),
                oomKilledAfter.isNumber() ? (Long) (oomKilledAfter.longValue() * MILLI_NANOS) : null,
                resize(pod.path("resizeCondition").asText()));
    }

    /** {@code TYPE} or {@code TYPE/REASON}. */
    private static @Nullable ResizeCondition resize(String condition) {
        if (condition.isEmpty()) {
            return null;
        }
        int slash = condition.indexOf('/');
        String type = slash < 0 ? condition : condition.substring(0, slash);
        return new ResizeCondition(
                type.equals("PodResizePending") ? ResizeCondition.Type.PENDING : ResizeCondition.Type.IN_PROGRESS,
                slash < 0 ? "" : condition.substring(slash + 1));
    }
}
