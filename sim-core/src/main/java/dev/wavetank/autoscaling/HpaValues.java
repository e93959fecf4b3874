package dev.wavetank.autoscaling;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.hpa.DescribedObject;
import dev.wavetank.autoscaling.hpa.ExternalMetric;
import dev.wavetank.autoscaling.hpa.HpaBehavior;
import dev.wavetank.autoscaling.hpa.HpaCondition;
import dev.wavetank.autoscaling.hpa.HpaSpec;
import dev.wavetank.autoscaling.hpa.HpaStatus;
import dev.wavetank.autoscaling.hpa.MetricIdentifier;
import dev.wavetank.autoscaling.hpa.MetricQuantity;
import dev.wavetank.autoscaling.hpa.MetricSelector;
import dev.wavetank.autoscaling.hpa.MetricSpec;
import dev.wavetank.autoscaling.hpa.MetricStatus;
import dev.wavetank.autoscaling.hpa.MetricTarget;
import dev.wavetank.autoscaling.hpa.ObjectMetric;
import dev.wavetank.autoscaling.hpa.PodsMetric;
import dev.wavetank.autoscaling.hpa.ResourceMetric;
import dev.wavetank.autoscaling.hpa.ScaleTargetRef;
import dev.wavetank.autoscaling.hpa.ScalingPolicy;
import dev.wavetank.autoscaling.hpa.ScalingRules;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Rules;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.Condition;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.MetricValue;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns HorizontalPodAutoscaler objects into the values the decision goes by, and its answer back. */
final class HpaValues {

    private HpaValues() {}

    static HpaSpec spec(HorizontalPodAutoscaler autoscaler) {
        HorizontalPodAutoscalerSpec spec = autoscaler.spec();
        TargetRef target = spec.scaleTargetRef();
        HorizontalPodAutoscalerSpec.Behavior behavior = spec.behavior();
        return new HpaSpec(
                autoscaler.metadata().namespace(),
                autoscaler.name(),
                new ScaleTargetRef(target.apiVersion(), target.kind(), target.name()),
                spec.minReplicas(),
                spec.maxReplicas(),
                spec.metrics().stream().map(HpaValues::metric).toList(),
                behavior == null ? null : new HpaBehavior(rules(behavior.scaleUp()), rules(behavior.scaleDown())));
    }

    private static ScalingRules rules(Rules rules) {
        List<ScalingPolicy> policies = rules.policies().stream()
                .map(policy -> new ScalingPolicy(
                        policy.pods() ? ScalingPolicy.Type.PODS : ScalingPolicy.Type.PERCENT,
                        policy.value(),
                        policy.periodSeconds()))
                .toList();
        ScalingRules.SelectPolicy select = switch (rules.selectPolicy()) {
            case "Min" -> ScalingRules.SelectPolicy.MIN;
            case "Disabled" -> ScalingRules.SelectPolicy.DISABLED;
            default -> ScalingRules.SelectPolicy.MAX;
        };
        return new ScalingRules(rules.stabilizationWindowSeconds(), select, policies, rules.tolerance());
    }

    private static MetricSpec metric(Metric metric) {
        MetricTarget target = switch (metric.target().type()) {
            case UTILIZATION -> MetricTarget.utilization((int) metric.target().amount());
            case VALUE -> MetricTarget.value(metric.target().amount());
            case AVERAGE_VALUE -> MetricTarget.averageValue(metric.target().amount());
        };
        return switch (metric.type()) {
            case RESOURCE -> new ResourceMetric(metric.name(), null, target);
            case CONTAINER_RESOURCE -> new ResourceMetric(metric.name(), metric.container(), target);
            case PODS -> new PodsMetric(identifier(metric), metric.target().amount());
            case OBJECT -> new ObjectMetric(described(metric), identifier(metric), target);
            case EXTERNAL -> new ExternalMetric(identifier(metric), target);
        };
    }

    static MetricIdentifier identifier(Metric metric) {
        LabelSelector selector = metric.selector();
        return new MetricIdentifier(metric.name(), selector == null ? null : selector(selector));
    }

    static DescribedObject described(Metric metric) {
        TargetRef object = metric.describedObject();
        return object == null ? new DescribedObject("", "") : new DescribedObject(object.kind(), object.name());
    }

    private static MetricSelector selector(LabelSelector selector) {
        return new MetricSelector(
                selector.matchLabels(),
                selector.matchExpressions().stream()
                        .map(wanted -> new MetricSelector.Requirement(
                                wanted.key(), wanted.operator().text(), ImmutableList.copyOf(wanted.values())))
                        .toList());
    }

    static HpaStatus status(HorizontalPodAutoscalerStatus status) {
        return new HpaStatus(
                status.currentReplicas(),
                status.desiredReplicas(),
                Times.isSet(status.lastScaleTime()) ? Long.valueOf(status.lastScaleTime()) : null,
                status.conditions().stream().map(HpaValues::condition).toList(),
                status.currentMetrics().stream().map(HpaValues::metric).toList());
    }

    /** As the API stores it: instants in whole seconds. */
    static HorizontalPodAutoscalerStatus status(HpaStatus status) {
        Long scaled = status.lastScaleTime();
        return new HorizontalPodAutoscalerStatus(
                status.currentReplicas(),
                status.desiredReplicas(),
                scaled == null ? Times.NONE : Times.stored(scaled),
                status.currentMetrics().stream().map(HpaValues::metric).collect(ImmutableList.toImmutableList()),
                status.conditions().stream().map(HpaValues::condition).collect(ImmutableList.toImmutableList()));
    }

    private static final ImmutableMap<String, HpaCondition.Type> CONDITION_TYPES = conditionTypes();

    private static ImmutableMap<String, HpaCondition.Type> conditionTypes() {
        ImmutableMap.Builder<String, HpaCondition.Type> types = ImmutableMap.builder();
        for (HpaCondition.Type type : HpaCondition.Type.values()) {
            types.put(type.text(), type);
        }
        return types.buildOrThrow();
    }

    private static HpaCondition condition(Condition condition) {
        HpaCondition.Type type = CONDITION_TYPES.getOrDefault(condition.type(), HpaCondition.Type.ABLE_TO_SCALE);
        return new HpaCondition(
                type, condition.status(), condition.reason(), condition.message(), condition.lastTransitionTime());
    }

    private static Condition condition(HpaCondition condition) {
        return new Condition(
                condition.type().text(),
                condition.status(),
                condition.reason(),
                condition.message(),
                Times.stored(condition.lastTransitionTime()));
    }

    private static MetricStatus metric(MetricValue value) {
        if (value.type().isEmpty()) {
            return MetricStatus.UNKNOWN;
        }
        return new MetricStatus(
                value.type(),
                value.name(),
                value.container().isEmpty() ? null : value.container(),
                value.averageUtilization(),
                quantity(value.name(), value.averageValueMilli()),
                quantity(value.name(), value.valueMilli()));
    }

    private static @Nullable MetricQuantity quantity(String resource, @Nullable Long milli) {
        return milli == null ? null : MetricQuantity.of(resource, milli);
    }

    private static MetricValue metric(MetricStatus status) {
        MetricQuantity average = status.averageValue();
        MetricQuantity value = status.value();
        String container = status.container();
        return new MetricValue(
                status.type() == null ? "" : status.type(),
                status.name() == null ? "" : status.name(),
                container == null ? "" : container,
                status.averageUtilization(),
                average == null ? null : Long.valueOf(average.milli()),
                value == null ? null : Long.valueOf(value.milli()));
    }
}
