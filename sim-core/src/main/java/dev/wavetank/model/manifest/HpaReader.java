package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.MetricType;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Target;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetType;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads HorizontalPodAutoscalers of {@code autoscaling/v2}, and of {@code v1} with its one CPU target.
 *
 * <p>Source of defaults and rules: kubernetes 1.36 pkg/apis/autoscaling/v2/defaults.go and pkg/apis/autoscaling/validation.
 */
final class HpaReader {

    private static final int DEFAULT_CPU_PERCENT = 80;

    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private HpaReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        Field spec = manifest.get("spec")
                .required("Say what to scale, and between which bounds.")
                .expectObject();
        Field minField = spec.get("minReplicas");
        int min = minReplicas(minField);
        Field maxField = spec.get("maxReplicas").required("Say how many replicas there may be at most.");
        int max = maxField.integer(Math.max(1, min), 1);
        if (maxField.isPresent() && max < min) {
            maxField.problem(
                    "HorizontalPodAutoscaler " + metadata.name() + ": maxReplicas is " + max + ", below minReplicas "
                            + min,
                    "Raise maxReplicas to at least " + min + ", or lower minReplicas.");
        }
        HorizontalPodAutoscalerSpec read = new HorizontalPodAutoscalerSpec(
                targetRef(spec.get("scaleTargetRef").required("Name the workload to scale.")),
                min,
                max,
                metrics(spec),
                HpaBehaviorReader.read(spec.get("behavior")));
        return metadata.name().isEmpty()
                ? null
                : new HorizontalPodAutoscaler(metadata, read, HorizontalPodAutoscalerStatus.NEW);
    }

    private static int minReplicas(Field field) {
        if (field.isPresent() && field.node().isIntegralNumber() && field.node().asLong() == 0) {
            field.problem(
                    "minReplicas is 0, which needs the feature gate HPAScaleToZero (alpha, off in 1.36)",
                    "Give at least 1; to go to zero use KEDA or Knative.");
            return 1;
        }
        return field.integer(1, 1);
    }

    private static TargetRef targetRef(Field ref) {
        ref.expectObject();
        TargetRef read = new TargetRef(
                ref.get("apiVersion").text(""),
                ref.get("kind").required("Name the kind, such as Deployment.").text(""),
                ref.get("name").required("Name the object.").text(""));
        return read;
    }

    private static ImmutableList<Metric> metrics(Field spec) {
        Field v1Target = spec.get("targetCPUUtilizationPercentage");
        ImmutableList<Metric> metrics =
                spec.get("metrics").elements().stream().map(HpaReader::metric).collect(ImmutableList.toImmutableList());
        return metrics.isEmpty() ? ImmutableList.of(cpu(v1Target.integer(DEFAULT_CPU_PERCENT, 1))) : metrics;
    }

    private static Metric cpu(int percent) {
        return new Metric(MetricType.RESOURCE, "cpu", "", null, null, new Target(TargetType.UTILIZATION, percent));
    }

    private static Metric metric(Field metric) {
        MetricType type = metric.expectObject()
                .get("type")
                .required("Say which type: Resource, ContainerResource, Pods, Object or External.")
                .choice(MetricType.RESOURCE, List.of(MetricType.values()), MetricType::text);
        Field source = metric.get(type.field())
                .required("A metric of type " + type.text() + " is described under " + type.field() + ".")
                .expectObject();
        Metric read = isResource(type) ? resource(type, source) : custom(type, source);
        return read;
    }

    private static boolean isResource(MetricType type) {
        return type == MetricType.RESOURCE || type == MetricType.CONTAINER_RESOURCE;
    }

    private static Metric resource(MetricType type, Field source) {
        String container = type == MetricType.RESOURCE
                ? ""
                : source.get("container").required("Name the container.").text("");
        Target target = target(source, TargetType.UTILIZATION, TargetType.AVERAGE_VALUE);
        return new Metric(type, resourceName(source), container, null, null, target);
    }

    private static Metric custom(MetricType type, Field source) {
        Field metric = source.get("metric").required("Name the metric.").expectObject();
        String name = metric.get("name").required("Name the metric.").text("");
        Field selector = metric.get("selector");
        LabelSelector series = selector.isPresent() ? SelectorReader.read(selector) : null;
        TargetRef object = type == MetricType.OBJECT
                ? targetRef(source.get("describedObject").required("Name the object the metric is about."))
                : null;
        Target target = type == MetricType.PODS
                ? target(source, TargetType.AVERAGE_VALUE)
                : target(source, TargetType.VALUE, TargetType.AVERAGE_VALUE);
        return new Metric(type, name, "", object, series, target);
    }

    private static String resourceName(Field source) {
        Field name = source.get("name").required("Name the resource: cpu or memory.");
        String resource = name.text("cpu");
        if (!RESOURCES.contains(resource)) {
            name.problem(
                    "the resource is \"" + resource + "\", but only cpu and memory are measured",
                    Suggestion.sentence(resource, RESOURCES));
        }
        return resource;
    }

    /** Reads the target, which is in exactly one of the forms this type of metric takes. */
    private static Target target(Field source, TargetType... allowed) {
        Field target = source.get("target")
                .required("Say what the metric should come to.")
                .expectObject();
        List<TargetType> forms = List.of(allowed);
        Field typeField = target.get("type").required("Say which form: " + texts(forms) + ".");
        TargetType type = typeField.choice(forms.get(0), forms, TargetType::text);
        Field averageUtilization = target.get("averageUtilization");
        Field averageValue = target.get("averageValue");
        Field value = target.get("value");
        Field meant = switch (type) {
            case UTILIZATION -> averageUtilization;
            case AVERAGE_VALUE -> averageValue;
            case VALUE -> value;
        };
        meant.required("A target of type " + type.text() + " is given there.");
        for (Field other : List.of(averageUtilization, averageValue, value)) {
            if (other != meant && other.isPresent()) {
                other.problem(
                        "a target of type " + type.text() + " has " + meant.name() + " and no " + other.name(),
                        "Remove " + other.name() + ", or change the type.");
            }
        }
        long amount = type == TargetType.UTILIZATION ? meant.integer(1, 1) : milli(meant);
        return new Target(type, amount);
    }

    private static long milli(Field field) {
        long milli = field.parsed(1L, text -> Quantity.parse(text).milliValue());
        if (milli <= 0) {
            field.problem(field.name() + " must be positive", "Give a quantity above 0, such as 100m or 10.");
            return 1;
        }
        return milli;
    }

    private static String texts(List<TargetType> forms) {
        return String.join(" or ", forms.stream().map(TargetType::text).toList());
    }
}
