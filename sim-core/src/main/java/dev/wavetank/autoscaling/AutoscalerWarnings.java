package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.keda.Trigger;
import dev.wavetank.autoscaling.vpa.ContainerPolicy;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.UpdateMode;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.MetricType;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetType;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds autoscalers that get in each other's way. Kubernetes lets people create them; what comes of it can be seen in a run.
 *
 * <p>Source: vertical-pod-autoscaler docs/known-limitations.md; keda admission webhook.
 */
public final class AutoscalerWarnings {

    private AutoscalerWarnings() {}

    /** One sentence or two for each problem, in the order of the objects. */
    public static List<String> of(Collection<? extends KubernetesObject> objects) {
        List<String> warnings = new ArrayList<>();
        for (KubernetesObject object : objects) {
            if (object instanceof KeptObject kept && kept.kind().equals(VerticalPodAutoscaler.KIND)) {
                VerticalPodAutoscaler vertical = VerticalPodAutoscaler.of(kept);
                if (vertical.mode() == UpdateMode.AUTO) {
                    warnings.add(
                            "VerticalPodAutoscaler " + vertical.name()
                                    + ": updateMode Auto is deprecated and means Recreate. Write Recreate or InPlaceOrRecreate.");
                }
                objects.forEach(other -> conflict(vertical, other, warnings));
            }
        }
        scaledTwice(objects, warnings);
        return warnings;
    }

    private static void conflict(VerticalPodAutoscaler vertical, KubernetesObject other, List<String> warnings) {
        if (vertical.mode() == UpdateMode.OFF || !other.metadata().namespace().equals(vertical.namespace())) {
            return;
        }
        for (Resource resource : Resource.values()) {
            String who = scalesBy(other, vertical.target(), resource.apiName());
            if (!who.isEmpty() && controls(vertical, resource)) {
                warnings.add(who + " and VerticalPodAutoscaler " + vertical.name() + " both act on "
                        + resource.apiName() + " of " + vertical.target().kind() + " "
                        + vertical.target().name()
                        + ": a changed request changes the utilization, and so the number of pods, and so their use. Let"
                        + " one of them go by another metric, or set the VPA's controlledResources or mode Off.");
            }
        }
    }

    private static boolean controls(VerticalPodAutoscaler vertical, Resource resource) {
        return vertical.policy().containerPolicies().isEmpty()
                || vertical.policy().containerPolicies().values().stream()
                        .anyMatch((ContainerPolicy policy) ->
                                policy.scaled() && policy.controlledResources().contains(resource));
    }

    /** Who scales this target by utilization of that resource; empty if this object does not. */
    private static String scalesBy(KubernetesObject object, TargetRef target, String resource) {
        if (object instanceof HorizontalPodAutoscaler horizontal
                && isSame(horizontal.spec().scaleTargetRef(), target)
                && object.metadata().controller() == null) {
            for (Metric metric : horizontal.spec().metrics()) {
                boolean resourceMetric =
                        metric.type() == MetricType.RESOURCE || metric.type() == MetricType.CONTAINER_RESOURCE;
                if (resourceMetric
                        && metric.name().equals(resource)
                        && metric.target().type() == TargetType.UTILIZATION) {
                    return "HorizontalPodAutoscaler " + horizontal.name();
                }
            }
        }
        if (object instanceof KeptObject kept && kept.kind().equals(ScaledObject.KIND)) {
            ScaledObject scaled = ScaledObject.of(kept);
            boolean byResource = scaled.triggers().stream()
                    .anyMatch(trigger -> trigger.kind() == Trigger.Kind.RESOURCE
                            && trigger.type().equals(resource)
                            && trigger.utilization());
            return isSame(scaled.target(), target) && byResource ? "ScaledObject " + scaled.name() : "";
        }
        return "";
    }

    private static boolean isSame(TargetRef one, TargetRef other) {
        return one.kind().equals(other.kind()) && one.name().equals(other.name());
    }

    /** KEDA's own webhook refuses a second scaler of a workload. */
    private static void scaledTwice(Collection<? extends KubernetesObject> objects, List<String> warnings) {
        for (KubernetesObject object : objects) {
            if (!(object instanceof KeptObject kept) || !kept.kind().equals(ScaledObject.KIND)) {
                continue;
            }
            ScaledObject scaled = ScaledObject.of(kept);
            for (KubernetesObject other : objects) {
                if (other instanceof HorizontalPodAutoscaler horizontal
                        && horizontal.metadata().controller() == null
                        && horizontal.metadata().namespace().equals(scaled.namespace())
                        && isSame(horizontal.spec().scaleTargetRef(), scaled.target())) {
                    warnings.add("HorizontalPodAutoscaler " + horizontal.name() + " and ScaledObject " + scaled.name()
                            + " both scale " + scaled.target().kind() + " "
                            + scaled.target().name() + ". Keep one of them; KEDA makes an HPA of its own.");
                }
            }
        }
    }
}
