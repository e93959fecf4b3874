package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code spec.updatePolicy.evictionRequirements}: it holds for a container if at least one of the resources would
 * change in the required direction.
 *
 * <p>Source: vertical-pod-autoscaler pkg/updater/priority/scaling_direction_pod_eviction_admission.go.
 *
 * @param resources the resources it looks at
 * @param change the direction of change it requires
 */
public record EvictionRequirement(List<Resource> resources, Change change) {

    /** A direction of change. */
    public enum Change {
        TARGET_HIGHER_THAN_REQUESTS,
        TARGET_LOWER_THAN_REQUESTS
    }

    public EvictionRequirement {
        resources = ImmutableList.copyOf(resources);
    }

    /**
     * True if a pod may be updated: at least one of its containers satisfies every requirement. A container that lacks a CPU or
     * memory request satisfies them all.
     */
    static boolean admit(
            List<EvictionRequirement> requirements,
            List<ContainerResources> containers,
            Map<String, ContainerRecommendation> recommendations) {
        return containers.stream().anyMatch(container -> {
            ContainerRecommendation recommendation = recommendations.get(container.name());
            return recommendation != null && admit(requirements, container, recommendation.target());
        });
    }

    private static boolean admit(
            List<EvictionRequirement> requirements, ContainerResources container, ResourceAmounts target) {
        for (Resource resource : Resource.values()) {
            if (!container.requests().has(resource)) {
                return true;
            }
        }
        return requirements.stream().allMatch(requirement -> requirement.holds(container.requests(), target));
    }

    private boolean holds(ResourceAmounts requests, ResourceAmounts target) {
        return resources.stream().anyMatch(resource -> switch (change) {
            case TARGET_HIGHER_THAN_REQUESTS -> target.orZero(resource) > requests.orZero(resource);
            case TARGET_LOWER_THAN_REQUESTS -> target.orZero(resource) < requests.orZero(resource);
        });
    }
}
