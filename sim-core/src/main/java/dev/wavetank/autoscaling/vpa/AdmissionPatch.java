package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the admission webhook sets on one container of a new pod; a resource that is absent is left as the pod has it.
 *
 * <p>Source: vertical-pod-autoscaler pkg/admission-controller/resource/pod/recommendation/recommendation_provider.go.
 *
 * @param containerName the container
 * @param requests the requests to set
 * @param limits the limits to set
 * @param cappings why the requests are not the recommended ones
 */
public record AdmissionPatch(
        String containerName, ResourceAmounts requests, ResourceAmounts limits, List<Capping> cappings) {

    public AdmissionPatch {
        cappings = ImmutableList.copyOf(cappings);
    }

    /**
     * Decides the patch of every container of a new pod, in the pod's order; one without a recommendation gets an empty patch.
     *
     * @param recommendations {@code status.recommendation} of the VPA that controls the pod, whose mode is not Off
     * @param containerRange LimitRange of type Container, {@link LimitRangeItem#NONE} if there is none
     * @param podRange LimitRange of type Pod, or null if there is none
     */
    public static List<AdmissionPatch> decide(
            List<ContainerResources> containers,
            List<ContainerRecommendation> recommendations,
            ResourcePolicy policy,
            LimitRangeItem containerRange,
            @Nullable LimitRangeItem podRange) {
        List<ContainerRecommendation> fitted =
                PodRecommendation.fit(containers, recommendations, policy, containerRange, podRange);
        List<AdmissionPatch> patches = new ArrayList<>();
        for (ContainerResources container : containers) {
            patches.add(fitted.stream()
                    .filter(recommendation -> recommendation.containerName().equals(container.name()))
                    .findFirst()
                    .map(recommendation -> patch(
                            container, recommendation, policy.of(container.name()), containerRange.defaultLimit()))
                    .orElseGet(() -> new AdmissionPatch(
                            container.name(), ResourceAmounts.NONE, ResourceAmounts.NONE, List.of())));
        }
        return patches;
    }

    private static AdmissionPatch patch(
            ContainerResources container,
            ContainerRecommendation recommendation,
            ContainerPolicy policy,
            ResourceAmounts defaultLimit) {
        ResourceAmounts limits = switch (policy.controlledValues()) {
            case REQUESTS_AND_LIMITS -> proportionalLimits(container, recommendation.target(), defaultLimit);
            case REQUESTS_ONLY -> ResourceAmounts.NONE;
        };
        return new AdmissionPatch(container.name(), recommendation.target(), limits, recommendation.cappings());
    }

    private static ResourceAmounts proportionalLimits(
            ContainerResources container, ResourceAmounts requests, ResourceAmounts defaultLimit) {
        ResourceAmounts limits = ResourceAmounts.NONE;
        for (Resource resource : Resource.values()) {
            limits = limits.with(
                    resource,
                    Proportions.limitFor(
                            container, resource, defaultLimit.orZero(resource), requests.orZero(resource)));
        }
        return limits;
    }
}
