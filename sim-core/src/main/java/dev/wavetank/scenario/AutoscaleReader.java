package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.MetricType;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Target;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetType;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.scenario.Step.Verb;

/**
 * Reads the step {@code autoscale}, whose words are {@code kubectl autoscale}'s flags, and {@code stress}.
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/cmd/autoscale.
 */
final class AutoscaleReader {

    private static final int DEFAULT_CPU_PERCENT = 80;

    private AutoscaleReader() {}

    static Verb read(Field field) {
        String deployment = StepReader.deployment(field);
        int min = Math.max(1, field.get("min").integer(1, 0));
        Field maxField = field.get("max").required("Say how many replicas there may be at most.");
        int max = maxField.integer(min, 1);
        if (max < min) {
            maxField.problem("max is " + max + ", below min " + min, "Raise max to at least " + min + ".");
        }
        ImmutableList.Builder<Metric> metrics = ImmutableList.builder();
        Field cpu = field.get("cpu");
        Field memory = field.get("memory");
        if (cpu.isPresent() || !memory.isPresent()) {
            Target standard = new Target(TargetType.UTILIZATION, DEFAULT_CPU_PERCENT);
            metrics.add(resource("cpu", cpu.parsed(standard, text -> target(text, "m"))));
        }
        if (memory.isPresent()) {
            metrics.add(resource(
                    "memory", memory.parsed(new Target(TargetType.UTILIZATION, 1), text -> target(text, "Mi"))));
        }
        String name = field.get("name").text(deployment);
        HorizontalPodAutoscalerSpec spec = new HorizontalPodAutoscalerSpec(
                new TargetRef("apps/v1", "Deployment", deployment), min, max, metrics.build(), null);
        return new Verb.Autoscale(
                deployment,
                new HorizontalPodAutoscaler(
                        ObjectMeta.named("default", name), spec, HorizontalPodAutoscalerStatus.NEW));
    }

    private static Metric resource(String name, Target target) {
        return new Metric(MetricType.RESOURCE, name, "", null, null, target);
    }

    /** {@code 70%} is utilization, a quantity an average value, and a bare number is one in the unit people mean. */
    private static Target target(String text, String bareUnit) {
        if (text.endsWith("%")) {
            return new Target(TargetType.UTILIZATION, positive(Long.parseLong(text.substring(0, text.length() - 1))));
        }
        boolean bare = text.chars().allMatch(Character::isDigit);
        return new Target(
                TargetType.AVERAGE_VALUE,
                positive(Quantity.parse(bare ? text + bareUnit : text).milliValue()));
    }

    private static long positive(long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException("the target must be above 0; write such as 70%, 500m or 200Mi");
        }
        return amount;
    }

    static Verb stress(Field field) {
        return new Verb.Stress(
                StepReader.pod(field),
                field.get("cpu")
                        .required("Say how much, such as cpu: 200m.")
                        .parsed(1000L, text -> Quantity.parse(text).milliValue()),
                field.get("for").required("Say how long, such as for: 30s.").parsed(Times.SECOND, Durations::parse));
    }
}
