package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import org.jspecify.annotations.Nullable;

/**
 * A VerticalPodAutoscaler with its fields taken apart.
 *
 * @param object the object as the store holds it
 * @param target the workload whose pods it is about
 * @param mode when a recommendation reaches a pod
 * @param minReplicas live pods below which nothing is disturbed; null for {@link Updater#DEFAULT_MIN_REPLICAS}
 * @param policy what may be done to which container
 * @param evictionRequirements what must hold for a pod to be disturbed; empty for nothing
 * @param recommendations {@code status.recommendation}; empty as long as there is none
 */
public record VerticalPodAutoscaler(
        KeptObject object,
        TargetRef target,
        UpdateMode mode,
        @Nullable Integer minReplicas,
        ResourcePolicy policy,
        ImmutableList<EvictionRequirement> evictionRequirements,
        ImmutableList<ContainerRecommendation> recommendations) {

    public static final ResourceKind KIND =
            new ResourceKind("autoscaling.k8s.io", "v1", "VerticalPodAutoscaler", "verticalpodautoscalers", true);

    /** Takes an object apart that has been found right. */
    public static VerticalPodAutoscaler of(KeptObject object) {
        Field spec = Field.root(object.source(), new Findings()).get("spec");
        return new VerticalPodAutoscaler(
                object,
                VpaSpecReader.target(spec),
                VpaSpecReader.mode(spec),
                VpaSpecReader.minReplicas(spec),
                VpaSpecReader.policy(spec),
                VpaSpecReader.evictionRequirements(spec),
                VpaStatus.recommendations(CustomResource.status(object)));
    }

    public String name() {
        return object.metadata().name();
    }

    public String namespace() {
        return object.metadata().namespace();
    }

    /** Live pods below which nothing is disturbed. */
    public int fewestReplicas() {
        Integer stated = minReplicas;
        return stated == null ? Updater.DEFAULT_MIN_REPLICAS : stated;
    }
}
