package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.knative.KpaScaler;
import org.jspecify.annotations.Nullable;

/** {@code knative-kpa-scale}: the pods wanted at each tick of one autoscaler. */
final class KnativeKpaScaleTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-kpa-scale";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        JsonNode spec = input.path("spec");
        KpaScaler scaler =
                new KpaScaler(spec(spec), spec.path("readyPodsAtCreation").intValue(), 0);
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode tick : input.path("ticks")) {
            KpaScaler.Decision decision = scaler.scale(
                    tick.get(0).longValue() * KnativeJson.MILLI_NANOS,
                    thousandths(tick.get(1)),
                    thousandths(tick.get(2)),
                    tick.get(3).isNull() ? null : (Integer) tick.get(3).intValue());
            answer.addArray()
                    .add(decision.desiredPods())
                    .add(decision.excessBurstCapacity())
                    .add(decision.panicking() ? 1 : 0);
        }
        return answer;
    }

    private static KpaScaler.Spec spec(JsonNode spec) {
        return new KpaScaler.Spec(
                spec.path("targetMilli").longValue() / 1000.0,
                spec.path("totalMilli").longValue() / 1000.0,
                spec.path("targetBurstCapacityMilli").longValue() / 1000.0,
                spec.path("panicThresholdMilli").longValue() / 1000.0,
                spec.path("maxScaleUpRateMilli").longValue() / 1000.0,
                spec.path("maxScaleDownRateMilli").longValue() / 1000.0,
                spec.path("stableWindowMs").longValue() * KnativeJson.MILLI_NANOS,
                spec.path("scaleDownDelayMs").longValue() * KnativeJson.MILLI_NANOS,
                spec.path("reachable").booleanValue(),
                spec.path("activationScale").intValue());
    }

    private static @Nullable Double thousandths(JsonNode node) {
        return node.isNull() ? null : (Double) (node.longValue() / 1000.0);
    }
}
