package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.hpa.HpaBehavior;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.MetricException;
import dev.wavetank.autoscaling.hpa.MetricQuantity;
import dev.wavetank.autoscaling.hpa.PodRequests;
import dev.wavetank.autoscaling.hpa.ReplicaLimits;
import dev.wavetank.autoscaling.hpa.ScaleEvents;
import dev.wavetank.autoscaling.hpa.ScalingRules;
import dev.wavetank.autoscaling.hpa.Stabilization;
import java.util.List;

/**
 * {@code k8s-tests-units}: the parts of a sync one by one. The function a case calls is not part of its input, so it is told by the
 * fields, which no two functions share.
 */
final class HpaUnitsTopic implements Topic {

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public String name() {
        return "k8s-tests-units";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        if (input.has("podLevelResources")) {
            return calculateRequests(input);
        }
        if (input.has("pods")) {
            return HpaCalculatorTopic.groups(input);
        }
        if (input.has("rawMilli")) {
            return buildQuantity(input);
        }
        if (input.has("prevReplicas")) {
            return storeScaleEvent(input);
        }
        if (input.has("recommendations")) {
            return stabilizeRecommendation(input);
        }
        return input.has("desiredReplicas") ? convertDesiredReplicas(input) : calculateLimit(input);
    }

    private static JsonNode calculateRequests(JsonNode input) {
        String container = input.path("container").asText();
        ObjectNode answer = Json.object();
        try {
            PodRequests.of(
                            HpaJson.pods(input.path("pods")),
                            container.isEmpty() ? null : container,
                            input.path("resource").asText(),
                            input.path("podLevelResources").asBoolean())
                    .forEach(answer.putObject("requests")::put);
            return answer;
        } catch (MetricException e) {
            return Json.object().put("error", e.getMessage());
        }
    }

    private static JsonNode buildQuantity(JsonNode input) {
        MetricQuantity quantity = MetricQuantity.of(
                input.path("resource").asText(), input.path("rawMilli").longValue());
        String format = switch (quantity.format()) {
            case BINARY_SI -> "BinarySI";
            case DECIMAL_SI -> "DecimalSI";
        };
        return Json.object().put("format", format).put("text", quantity.toString());
    }

    private static JsonNode storeScaleEvent(JsonNode input) {
        int before = input.path("prevReplicas").intValue();
        int after = input.path("newReplicas").intValue();
        List<HpaMemory.ScaleEvent> events = HpaJson.events(input.path("events"));
        boolean up = after > before;
        HpaMemory memory = new HpaMemory(null, up ? events : List.of(), up ? List.of() : events);
        HpaMemory stored = ScaleEvents.remember(memory, HpaJson.behavior(input.path("behavior")), before, after, 0);
        ObjectNode answer = Json.object();
        answer.set("events", HpaJson.events(up ? stored.scaleUpEvents() : stored.scaleDownEvents()));
        return answer.put("replicaChangeLast60s", ScaleEvents.changeWithin(60, events, 0));
    }

    private static JsonNode stabilizeRecommendation(JsonNode input) {
        int desired = input.path("desiredReplicas").intValue();
        List<HpaMemory.Recommendation> past = HpaJson.recommendations(input.path("recommendations"));
        ObjectNode answer = Json.object();
        Stabilization result;
        if (input.has("downscaleStabilizationWindow")) {
            result = Stabilization.withoutBehavior(
                    desired, past, HpaJson.nanos(input.path("downscaleStabilizationWindow")), 0);
        } else {
            result = Stabilization.withBehavior(
                    input.path("currentReplicas").intValue(),
                    desired,
                    past,
                    input.path("scaleUpStabilizationWindowSeconds").longValue() * 1_000_000_000L,
                    input.path("scaleDownStabilizationWindowSeconds").longValue() * 1_000_000_000L,
                    0);
            answer.put("reason", result.reason().text());
            answer.put("message", result.reason().message());
        }
        answer.put("replicas", result.replicas());
        answer.set("recommendations", HpaJson.recommendations(result.recommendations()));
        return answer;
    }

    private static JsonNode convertDesiredReplicas(JsonNode input) {
        int current = input.path("currentReplicas").intValue();
        int desired = input.path("desiredReplicas").intValue();
        int min = input.path("minReplicas").intValue();
        int max = input.path("maxReplicas").intValue();
        ReplicaLimits limits = input.has("scaleUpEvents")
                ? ReplicaLimits.withBehavior(current, desired, min, max, behavior(input), events(input), 0)
                : ReplicaLimits.withoutBehavior(current, desired, min, max);
        return Json.object()
                .put("replicas", limits.replicas())
                .put("reason", limits.reason().text())
                .put("message", limits.reason().message());
    }

    private static HpaBehavior behavior(JsonNode input) {
        return new HpaBehavior(
                HpaJson.rules(input.path("scaleUp"), ScalingRules.SCALE_UP_DEFAULTS),
                HpaJson.rules(input.path("scaleDown"), ScalingRules.SCALE_DOWN_DEFAULTS));
    }

    private static HpaMemory events(JsonNode input) {
        return HpaJson.memory(
                input.path("recommendations"), input.path("scaleUpEvents"), input.path("scaleDownEvents"));
    }

    private static JsonNode calculateLimit(JsonNode input) {
        int current = input.path("currentReplicas").intValue();
        HpaMemory memory = events(input);
        List<HpaMemory.ScaleEvent> ups = memory.scaleUpEvents();
        List<HpaMemory.ScaleEvent> downs = memory.scaleDownEvents();
        int limit;
        if (input.has("scaleUp")) {
            limit = ReplicaLimits.scaleUpLimit(current, behavior(input).scaleUp(), ups, downs, 0)
                    .replicas();
        } else if (input.has("scaleDown")) {
            limit = ReplicaLimits.scaleDownLimit(current, behavior(input).scaleDown(), ups, downs, 0)
                    .replicas();
        } else {
            limit = ReplicaLimits.scaleUpLimit(current);
        }
        return Json.object().put("limit", limit);
    }
}
