package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Policy;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Rules;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Target;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.MetricValue;
import dev.wavetank.model.Quantity;

/** Writes HorizontalPodAutoscalers of autoscaling/v2. */
final class HpaWriter implements KindWriter<HorizontalPodAutoscaler> {

    @Override
    public void write(ObjectNode written, HorizontalPodAutoscaler autoscaler, Surroundings around) {
        ObjectNode spec = written.putObject("spec");
        HorizontalPodAutoscalerSpec wanted = autoscaler.spec();
        reference(spec.putObject("scaleTargetRef"), wanted.scaleTargetRef());
        spec.put("minReplicas", wanted.minReplicas());
        spec.put("maxReplicas", wanted.maxReplicas());
        ArrayNode metrics = spec.putArray("metrics");
        wanted.metrics().forEach(metric -> metric(metrics.addObject(), metric));
        if (wanted.behavior() != null) {
            ObjectNode behavior = spec.putObject("behavior");
            rules(behavior.putObject("scaleUp"), wanted.behavior().scaleUp());
            rules(behavior.putObject("scaleDown"), wanted.behavior().scaleDown());
        }
        status(written.putObject("status"), autoscaler, around);
    }

    private static void reference(ObjectNode written, TargetRef reference) {
        written.put("kind", reference.kind());
        written.put("name", reference.name());
        Json.text(written, "apiVersion", reference.apiVersion());
    }

    private static void metric(ObjectNode written, Metric metric) {
        written.put("type", metric.type().text());
        ObjectNode source = written.putObject(metric.type().field());
        switch (metric.type()) {
            case RESOURCE -> source.put("name", metric.name());
            case CONTAINER_RESOURCE -> {
                source.put("name", metric.name());
                source.put("container", metric.container());
            }
            case PODS, OBJECT, EXTERNAL -> {
                if (metric.describedObject() != null) {
                    reference(source.putObject("describedObject"), metric.describedObject());
                }
                ObjectNode name = source.putObject("metric").put("name", metric.name());
                if (metric.selector() != null) {
                    Json.selector(name.putObject("selector"), metric.selector());
                }
            }
        }
        target(source.putObject("target"), metric.target());
    }

    private static void target(ObjectNode written, Target target) {
        written.put("type", target.type().text());
        switch (target.type()) {
            case UTILIZATION -> Json.integer(written, "averageUtilization", target.amount());
            case VALUE ->
                written.put("value", Quantity.ofMillis(target.amount()).toString());
            case AVERAGE_VALUE ->
                written.put("averageValue", Quantity.ofMillis(target.amount()).toString());
        }
    }

    private static void rules(ObjectNode written, Rules rules) {
        Json.number(written, "stabilizationWindowSeconds", rules.stabilizationWindowSeconds());
        written.put("selectPolicy", rules.selectPolicy());
        ArrayNode policies = written.putArray("policies");
        for (Policy policy : rules.policies()) {
            policies.addObject()
                    .put("type", policy.pods() ? "Pods" : "Percent")
                    .put("value", policy.value())
                    .put("periodSeconds", policy.periodSeconds());
        }
        if (rules.tolerance() != null) {
            written.put(
                    "tolerance",
                    Quantity.ofMillis(Math.round(rules.tolerance() * 1e3)).toString());
        }
    }

    private static void status(ObjectNode written, HorizontalPodAutoscaler autoscaler, Surroundings around) {
        HorizontalPodAutoscalerStatus status = autoscaler.status();
        Json.time(written, "lastScaleTime", status.lastScaleTime(), around.clock());
        Json.number(written, "currentReplicas", status.currentReplicas());
        written.put("desiredReplicas", status.desiredReplicas());
        if (status.currentMetrics().isEmpty()) {
            written.putNull("currentMetrics");
        } else {
            ArrayNode values = written.putArray("currentMetrics");
            status.currentMetrics().forEach(value -> value(values.addObject(), value));
        }
        if (!status.conditions().isEmpty()) {
            ArrayNode conditions = written.putArray("conditions");
            for (HorizontalPodAutoscalerStatus.Condition condition : status.conditions()) {
                ObjectNode one = conditions.addObject();
                one.put("type", condition.type());
                one.put("status", condition.status() ? "True" : "False");
                Json.time(one, "lastTransitionTime", condition.lastTransitionTime(), around.clock());
                Json.text(one, "reason", condition.reason());
                Json.text(one, "message", condition.message());
            }
        }
    }

    private static void value(ObjectNode written, MetricValue value) {
        written.put("type", value.type());
        for (HorizontalPodAutoscalerSpec.MetricType type : HorizontalPodAutoscalerSpec.MetricType.values()) {
            if (!type.text().equals(value.type())) {
                continue;
            }
            ObjectNode source = written.putObject(type.field());
            boolean resource = type == HorizontalPodAutoscalerSpec.MetricType.RESOURCE
                    || type == HorizontalPodAutoscalerSpec.MetricType.CONTAINER_RESOURCE;
            if (resource) {
                source.put("name", value.name());
                Json.text(source, "container", value.container());
            } else {
                source.putObject("metric").put("name", value.name());
            }
            ObjectNode current = source.putObject("current");
            if (value.valueMilli() != null) {
                current.put("value", Quantity.ofMillis(value.valueMilli()).toString());
            }
            if (value.averageValueMilli() != null) {
                current.put(
                        "averageValue",
                        Quantity.ofMillis(value.averageValueMilli()).toString());
            }
            Json.number(current, "averageUtilization", value.averageUtilization());
        }
    }

    /** A value says what its metric is of, and which series, as the spec does. */
    @Override
    public void complete(ObjectNode written, HorizontalPodAutoscaler autoscaler, Surroundings around) {
        for (int i = 0; i < autoscaler.status().currentMetrics().size(); i++) {
            MetricValue value = autoscaler.status().currentMetrics().get(i);
            Metric metric = i < autoscaler.spec().metrics().size()
                    ? autoscaler.spec().metrics().get(i)
                    : null;
            if (metric == null
                    || !metric.type().text().equals(value.type())
                    || !metric.name().equals(value.name())) {
                continue;
            }
            ObjectNode source = Json.objectIn(
                    written.path("status").path("currentMetrics").path(i),
                    metric.type().field());
            if (metric.describedObject() != null && !source.has("describedObject")) {
                reference(source.putObject("describedObject"), metric.describedObject());
            }
            if (metric.selector() != null) {
                ObjectNode selector = Json.object();
                Json.selector(selector, metric.selector());
                Json.absent(Json.objectIn(source, "metric"), "selector", selector);
            }
        }
    }
}
