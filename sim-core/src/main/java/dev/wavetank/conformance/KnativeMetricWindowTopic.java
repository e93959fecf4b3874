package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.knative.MetricWindow;

/** {@code knative-metric-window}: averages of what was recorded so far. */
final class KnativeMetricWindowTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-metric-window";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        MetricWindow window = new MetricWindow(
                input.path("algorithm").asText().equals("linear")
                        ? MetricWindow.Algorithm.LINEAR
                        : MetricWindow.Algorithm.WEIGHTED_EXPONENTIAL,
                input.path("windowMs").longValue() * KnativeJson.MILLI_NANOS);
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode op : input.path("ops")) {
            long nowNanos = op.get(1).longValue() * KnativeJson.MILLI_NANOS;
            if (op.get(0).asText().equals("record")) {
                window.record(nowNanos, op.get(2).longValue() / 1000.0);
            } else {
                answer.addArray()
                        .add(Math.round(window.average(nowNanos) * 1e6))
                        .add(window.isEmpty(nowNanos) ? 1 : 0);
            }
        }
        return answer;
    }
}
