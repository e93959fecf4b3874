package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.node.EffectiveGrace;
import org.jspecify.annotations.Nullable;

/** The grace the kubelet settles on over successive updates. */
final class KubeletEffectiveGraceTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "kubelet-effective-grace";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode answer = Json.object();
        ArrayNode updates = answer.putArray("updates");
        long before = 0;
        for (JsonNode update : input.get("updates")) {
            EffectiveGrace grace = EffectiveGrace.settle(
                    before,
                    seconds(update.get("podDeletionGracePeriodSeconds")),
                    seconds(update.get("kubeletOverrideSeconds")),
                    input.get("terminationGracePeriodSeconds").longValue());
            before = grace.seconds();
            ObjectNode out = updates.addObject().put("effectiveGraceSeconds", grace.seconds());
            if (grace.shortened()) {
                out.put("shortened", true);
            }
        }
        return answer;
    }

    private static @Nullable Long seconds(@Nullable JsonNode seconds) {
        return seconds == null ? null : seconds.longValue();
    }
}
