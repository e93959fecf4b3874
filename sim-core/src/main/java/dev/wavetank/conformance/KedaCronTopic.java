package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.keda.CronTrigger;
import java.time.Instant;

/** {@code keda-cron}: the metric of a cron trigger at given instants. */
final class KedaCronTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "keda-cron";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        CronTrigger trigger = new CronTrigger(
                input.path("timezone").asText(),
                input.path("start").asText(),
                input.path("end").asText(),
                input.path("desiredReplicas").intValue());
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode at : input.path("atUnixMs")) {
            answer.add(trigger.metric(Instant.ofEpochMilli(at.longValue())));
        }
        return answer;
    }
}
