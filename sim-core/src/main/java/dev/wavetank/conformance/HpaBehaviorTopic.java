package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.hpa.HpaBehavior;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.Normalization;
import dev.wavetank.autoscaling.hpa.ReplicaLimits;
import dev.wavetank.autoscaling.hpa.ScaleEvents;
import dev.wavetank.autoscaling.hpa.Stabilization;
import java.util.List;

/** {@code behavior-sequences}, {@code behavior-scenarios}: what history and limits make of one recommendation after another. */
record HpaBehaviorTopic(String name) implements Topic {

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        HpaBehavior behavior = HpaJson.behavior(input.path("behavior"));
        HpaOptions options = HpaJson.options(input, Json.object());
        int min = input.path("minReplicas").intValue();
        int max = input.path("maxReplicas").intValue();
        HpaMemory memory = HpaMemory.NONE;
        ObjectNode answer = Json.object();
        ArrayNode desired = answer.putArray("desired");
        ArrayNode ableToScale = answer.putArray("ableToScale");
        ArrayNode scalingLimited = answer.putArray("scalingLimited");
        for (JsonNode step : input.path("steps")) {
            long now = HpaJson.nanos(step.path(0));
            int current = step.path(1).intValue();
            memory = memory.withInitialRecommendation(current, now);
            Normalization normal =
                    Normalization.of(current, step.path(2).intValue(), min, max, behavior, memory, options, now);
            Stabilization stabilization = normal.stabilization();
            ReplicaLimits limits = normal.limits();
            memory = new HpaMemory(stabilization.recommendations(), memory.scaleUpEvents(), memory.scaleDownEvents());
            if (normal.replicas() != current) {
                memory = ScaleEvents.remember(memory, behavior, current, normal.replicas(), now);
            }
            desired.add(normal.replicas());
            ableToScale.add(stabilization.heldUp() ? stabilization.reason().text() : "ReadyForNewScale");
            scalingLimited.add(
                    (limits.limited() ? "True:" : "False:") + limits.reason().text());
        }
        List<HpaMemory.Recommendation> recommendations = memory.recommendations();
        answer.set("recommendations", HpaJson.recommendations(recommendations == null ? List.of() : recommendations));
        answer.set("scaleUpEvents", HpaJson.events(memory.scaleUpEvents()));
        answer.set("scaleDownEvents", HpaJson.events(memory.scaleDownEvents()));
        return answer;
    }
}
