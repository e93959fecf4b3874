package dev.wavetank.autoscaling.hpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync needs to know of a HorizontalPodAutoscaler object, defaults applied as the API server applies them.
 *
 * @param namespace namespace of the HPA and of its target
 * @param name the HPA's name
 * @param scaleTargetRef the workload it scales
 * @param minReplicas lower bound; null means 1
 * @param maxReplicas upper bound, at least {@code max(1, minReplicas)}
 * @param metrics what it looks at, in order
 * @param behavior {@code spec.behavior}, or null if it has none
 */
public record HpaSpec(
        String namespace,
        String name,
        ScaleTargetRef scaleTargetRef,
        @Nullable Integer minReplicas,
        int maxReplicas,
        List<MetricSpec> metrics,
        @Nullable HpaBehavior behavior) {

    public HpaSpec {
        metrics = List.copyOf(metrics);
    }

    int effectiveMinReplicas() {
        return minReplicas == null ? 1 : minReplicas;
    }

    /** True if some metric says something about a workload that has no pods. */
    boolean hasMetricWithoutPods() {
        return metrics.stream().anyMatch(MetricSpec::existsWithoutPods);
    }

    /** Namespace and name, as messages print them. */
    String key() {
        return namespace + "/" + name;
    }

    /** Kind, namespace and name of the target, as messages print them. */
    String targetReference() {
        return scaleTargetRef.kind() + "/" + namespace + "/" + scaleTargetRef.name();
    }
}
