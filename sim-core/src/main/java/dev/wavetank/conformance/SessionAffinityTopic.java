package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.network.ServiceDefaults;

/** A Service's affinity after defaults, and what is wrong with the spec. */
final class SessionAffinityTopic extends ServiceTopic {

    SessionAffinityTopic() {
        super("session-affinity");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode spec = ServiceDefaults.apply(input);
        ObjectNode answer = Json.object();
        answer.set("defaultedSessionAffinity", spec.get("sessionAffinity"));
        JsonNode config = spec.get("sessionAffinityConfig");
        answer.set("defaultedSessionAffinityConfig", config == null ? Json.MAPPER.nullNode() : config);
        ServiceDefaultingTopic.putErrors(answer, spec);
        return answer;
    }
}
