package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.hpa.HpaCondition;
import dev.wavetank.autoscaling.hpa.HpaDecision;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaReconciler;
import dev.wavetank.autoscaling.hpa.HpaScale;
import dev.wavetank.autoscaling.hpa.HpaSpec;
import dev.wavetank.autoscaling.hpa.HpaStatus;
import dev.wavetank.autoscaling.hpa.HpaSyncInput;
import dev.wavetank.autoscaling.hpa.MetricStatus;
import dev.wavetank.autoscaling.hpa.PodSelection;
import dev.wavetank.autoscaling.hpa.Reading;
import dev.wavetank.autoscaling.hpa.ScaleTargetRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code reconcile-once}, {@code k8s-tests-reconcile}: one whole sync. */
record HpaReconcileTopic(String name) implements Topic {

    private static final String CONFLICT_ONCE = "conflictOnce";

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        HpaSyncInput sync = sync(input);
        HpaDecision decision = HpaReconciler.decide(sync);
        HpaDecision.Rescale rescale = decision.rescale();
        String failure = input.path("scaleUpdate").asText();
        // A conflict is tried again and goes through; only other errors count as failures.
        if (rescale != null && !failure.isEmpty() && !failure.equals(CONFLICT_ONCE)) {
            decision = decision.scaleFailed(failure);
            rescale = null;
        }
        return write(decision, rescale, statusReplicas(sync));
    }

    private static int statusReplicas(HpaSyncInput sync) {
        HpaScale scale = sync.scale().value();
        return scale == null ? 0 : scale.statusReplicas();
    }

    static HpaSyncInput sync(JsonNode input) {
        JsonNode scale = input.path("scale");
        String selector = scale.path("selector").asText();
        Map<String, String> others = new LinkedHashMap<>();
        HpaJson.texts(input.path("otherHPAs"))
                .forEach((name, text) -> others.put(HpaJson.NAMESPACE + "/" + name, text));
        return new HpaSyncInput(
                spec(input.path("spec")),
                status(input.path("status")),
                input.path("scaleGetError").isTextual()
                        ? Reading.failed(input.path("scaleGetError").asText())
                        : Reading.of(new HpaScale(
                                scale.path("specReplicas").intValue(),
                                scale.path("statusReplicas").intValue(),
                                selector)),
                PodSelection.of(selector, HpaJson.pods(input.path("pods")), others),
                HpaMetrics.snapshot(input),
                HpaJson.memory(
                        input.path("recommendations"), input.path("scaleUpEvents"), input.path("scaleDownEvents")),
                HpaJson.options(input.path("options"), input.path("featureGates")),
                0);
    }

    static HpaSpec spec(JsonNode spec) {
        JsonNode target = spec.path("scaleTargetRef");
        JsonNode min = spec.path("minReplicas");
        return new HpaSpec(
                HpaJson.NAMESPACE,
                "test-hpa",
                target.isObject()
                        ? new ScaleTargetRef(
                                target.path("apiVersion").asText(),
                                target.path("kind").asText(),
                                target.path("name").asText())
                        : new ScaleTargetRef("apps/v1", "Deployment", "web"),
                min.isNumber() ? min.intValue() : null,
                spec.path("maxReplicas").intValue(),
                HpaMetrics.specs(spec.path("metrics")),
                HpaJson.behavior(spec.path("behavior")));
    }

    private static HpaStatus status(JsonNode status) {
        List<HpaCondition> conditions = new ArrayList<>();
        for (JsonNode condition : status.path("conditions")) {
            conditions.add(new HpaCondition(
                    type(condition.path("type").asText()),
                    condition.path("status").asText().equals("True"),
                    condition.path("reason").asText(),
                    condition.path("message").asText(),
                    HpaJson.nanos(condition.path("lastTransitionTime"))));
        }
        return new HpaStatus(
                status.path("currentReplicas").intValue(),
                status.path("desiredReplicas").intValue(),
                status.has("lastScaleTime") ? HpaJson.nanos(status.path("lastScaleTime")) : null,
                conditions,
                List.of());
    }

    private static HpaCondition.Type type(String text) {
        for (HpaCondition.Type type : HpaCondition.Type.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no such condition: " + text);
    }

    private static JsonNode write(HpaDecision decision, HpaDecision.@Nullable Rescale rescale, int statusReplicas) {
        HpaStatus status = decision.status();
        ObjectNode answer = Json.object();
        answer.put("desiredReplicas", status.desiredReplicas());
        answer.put("currentReplicas", status.currentReplicas());
        answer.put("scaledTo", rescale == null ? null : (Integer) rescale.to());
        if (status.lastScaleTime() != null) {
            answer.put("lastScaleTime", HpaJson.millis(status.lastScaleTime()));
        }
        answer.put("statusWritten", decision.statusChanged());
        ArrayNode conditions = answer.putArray("conditions");
        status.conditions().forEach(condition -> write(conditions.addObject(), condition));
        ArrayNode metrics = answer.putArray("currentMetrics");
        for (MetricStatus metric : status.currentMetrics()) {
            metrics.add(metric.type() == null ? Json.MAPPER.nullNode() : write(metric, statusReplicas));
        }
        ArrayNode events = answer.putArray("events");
        decision.events().forEach(event -> events.add(event.toString()));
        if (decision.error() != null) {
            answer.put("error", decision.error());
        }
        HpaMemory memory = decision.memory();
        List<HpaMemory.Recommendation> recommendations = memory.recommendations();
        answer.set("recommendations", HpaJson.recommendations(recommendations == null ? List.of() : recommendations));
        if (!memory.scaleUpEvents().isEmpty()) {
            answer.set("scaleUpEvents", HpaJson.events(memory.scaleUpEvents()));
        }
        if (!memory.scaleDownEvents().isEmpty()) {
            answer.set("scaleDownEvents", HpaJson.events(memory.scaleDownEvents()));
        }
        return answer;
    }

    private static void write(ObjectNode into, HpaCondition condition) {
        into.put("type", condition.type().text());
        into.put("status", condition.status() ? "True" : "False");
        into.put("reason", condition.reason());
        into.put("message", condition.message());
        into.put("lastTransitionTime", HpaJson.millis(condition.lastTransitionTime()));
    }

    /** A value shared among no replicas is left out: what real Kubernetes prints then depends on the machine. */
    private static JsonNode write(MetricStatus metric, int statusReplicas) {
        ObjectNode written = Json.object();
        written.put("type", metric.type());
        written.put("name", metric.name());
        if (metric.container() != null) {
            written.put("container", metric.container());
        }
        if (metric.averageUtilization() != null) {
            written.put("averageUtilization", metric.averageUtilization());
        }
        boolean isShared = "Object".equals(metric.type()) || "External".equals(metric.type());
        if (metric.averageValue() != null && !(isShared && statusReplicas == 0)) {
            written.put("averageValue", metric.averageValue().milli());
            written.put("averageValueText", metric.averageValue().toString());
        }
        if (metric.value() != null) {
            written.put("value", metric.value().milli());
        }
        return written;
    }
}
