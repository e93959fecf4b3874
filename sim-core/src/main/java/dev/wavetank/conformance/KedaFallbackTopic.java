package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.keda.Fallback;

/** {@code keda-fallback}: the value each read of a metric hands to the HPA. */
final class KedaFallbackTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "keda-fallback";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Fallback fallback = new Fallback(
                input.path("failureThreshold").intValue(),
                input.path("replicas").intValue(),
                Fallback.Behavior.of(input.path("behavior").asText()));
        Fallback.TargetType targetType = input.path("targetType").asText().equals("Value")
                ? Fallback.TargetType.VALUE
                : Fallback.TargetType.AVERAGE_VALUE;
        int failures = 0;
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode read : input.path("reads")) {
            Fallback.Reading reading = fallback.read(
                    read.get(0).isNull() ? null : (Long) read.get(0).longValue(),
                    failures,
                    targetType,
                    input.path("targetMilli").longValue(),
                    read.get(1).intValue(),
                    read.get(2).intValue());
            failures = reading.failures();
            answer.addArray()
                    .add(reading.valueMillis())
                    .add(reading.origin() == Fallback.Origin.FALLBACK ? 1 : 0)
                    .add(failures)
                    .add(failures == 0 ? "Happy" : "Failing")
                    .add(reading.fallbackCondition() ? "True" : "False");
        }
        return answer;
    }
}
