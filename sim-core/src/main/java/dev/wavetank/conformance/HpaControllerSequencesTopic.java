package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.hpa.HpaCondition;
import dev.wavetank.autoscaling.hpa.HpaContainer;
import dev.wavetank.autoscaling.hpa.HpaDecision;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.HpaPod;
import dev.wavetank.autoscaling.hpa.HpaReconciler;
import dev.wavetank.autoscaling.hpa.HpaScale;
import dev.wavetank.autoscaling.hpa.HpaSpec;
import dev.wavetank.autoscaling.hpa.HpaStatus;
import dev.wavetank.autoscaling.hpa.HpaSyncInput;
import dev.wavetank.autoscaling.hpa.MetricStatus;
import dev.wavetank.autoscaling.hpa.MetricsSnapshot;
import dev.wavetank.autoscaling.hpa.PodSelection;
import dev.wavetank.autoscaling.hpa.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code controller-sequences}: many syncs of one HPA in a row, status and memory carried from each to the next. */
final class HpaControllerSequencesTopic implements Topic {

    private static final String SELECTOR = "name=test-pod";
    private static final String CONTAINER = "app";

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public String name() {
        return "controller-sequences";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        HpaSpec spec = HpaReconcileTopic.spec(input.path("spec"));
        HpaOptions options = HpaJson.options(input.path("options"), input.path("featureGates"));
        long cpuRequest = input.path("cpuRequest").longValue();
        Map<String, HpaPod> pods = new LinkedHashMap<>();
        HpaStatus status = HpaStatus.EMPTY;
        HpaMemory memory = HpaMemory.NONE;
        Answer answer = new Answer();
        int tick = 0;
        for (JsonNode at : input.path("ticks")) {
            at.path("removed").forEach(removed -> pods.remove(removed.asText()));
            at.path("pods").forEach(pod -> pods.put(pod.path(0).asText(), pod(pod, cpuRequest)));
            List<HpaPod> present = new ArrayList<>(pods.values());
            JsonNode scale = at.path("scale");
            HpaDecision decision = HpaReconciler.decide(new HpaSyncInput(
                    spec,
                    status,
                    Reading.of(
                            new HpaScale(scale.path(0).intValue(), scale.path(1).intValue(), SELECTOR)),
                    PodSelection.of(SELECTOR, present, Map.of()),
                    metrics(input, at, present),
                    memory,
                    options,
                    HpaJson.nanos(at.path("t"))));
            answer.add(tick++, status, decision);
            status = decision.status();
            memory = decision.memory();
        }
        return answer.json;
    }

    private static HpaPod pod(JsonNode pod, long cpuRequest) {
        HpaContainer container = new HpaContainer(CONTAINER, false, Map.of("cpu", cpuRequest));
        return new HpaPod(
                pod.path(0).asText(),
                Map.of("name", "test-pod"),
                HpaJson.phase(pod.path(1).asText()),
                pod.path(5).isNumber(),
                pod.path(2).isNumber() ? HpaJson.nanos(pod.path(2)) : null,
                pod.path(3).isTextual()
                        ? new HpaPod.Ready(HpaJson.status(pod.path(3).asText()), HpaJson.nanos(pod.path(4)))
                        : null,
                List.of(container),
                List.of(),
                Map.of(),
                Map.of());
    }

    /** Puts a tick's figures in the shape of a single sync's. */
    private static MetricsSnapshot metrics(JsonNode input, JsonNode at, List<HpaPod> pods) {
        ObjectNode single = Json.object();
        single.set("spec", input.path("spec"));
        if (at.path("metricsError").isTextual()) {
            single.set("podMetricsError", at.path("metricsError"));
            single.set("externalMetricsError", at.path("metricsError"));
        }
        if (at.has("external")) {
            single.set("externalMetrics", at.path("external"));
        }
        ArrayNode podMetrics = single.putArray("podMetrics");
        JsonNode usage = at.path("usage");
        for (int i = 0; i < usage.size(); i++) {
            if (usage.path(i).isNumber()) {
                ObjectNode sample =
                        podMetrics.addObject().put("name", pods.get(i).name());
                sample.set("timestamp", at.path("metricTimestamp"));
                sample.set("window", at.path("window"));
                ObjectNode container = sample.putArray("containers").addObject().put("name", CONTAINER);
                container.putObject("usage").set("cpu", usage.path(i));
            }
        }
        return HpaMetrics.snapshot(single);
    }

    private static final class Answer {

        private final ObjectNode json = Json.object();
        private final ArrayNode desired = json.putArray("desired");
        private final ArrayNode cpuUtilization = json.putArray("cpuUtilization");
        private final ArrayNode conditions = json.putArray("conditions");
        private final ArrayNode events = json.putArray("events");
        private final ArrayNode lastScaleTimes = json.putArray("lastScaleTimes");
        private final ArrayNode errorTicks = json.putArray("errorTicks");

        void add(int tick, HpaStatus before, HpaDecision decision) {
            HpaStatus after = decision.status();
            desired.add(after.desiredReplicas());
            cpuUtilization.add(utilization(after));
            for (HpaCondition.Type type : HpaCondition.Type.values()) {
                String was = text(before.condition(type));
                String is = text(after.condition(type));
                if (!Objects.equals(was, is)) {
                    conditions.addArray().add(tick).add(type.text()).add(is);
                }
            }
            decision.events().forEach(event -> events.addArray().add(tick).add(event.toString()));
            Long scaled = after.lastScaleTime();
            if (scaled != null && !scaled.equals(before.lastScaleTime())) {
                lastScaleTimes.addArray().add(tick).add(HpaJson.millis(scaled));
            }
            if (decision.error() != null) {
                errorTicks.add(tick);
            }
        }

        private static @Nullable String text(@Nullable HpaCondition condition) {
            return condition == null ? null : (condition.status() ? "True/" : "False/") + condition.reason();
        }

        private static @Nullable Integer utilization(HpaStatus status) {
            for (MetricStatus metric : status.currentMetrics()) {
                if (metric.averageUtilization() != null) {
                    return metric.averageUtilization();
                }
            }
            return null;
        }
    }
}
