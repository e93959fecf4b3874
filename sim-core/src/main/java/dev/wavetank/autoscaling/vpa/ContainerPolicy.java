package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * What a VPA may do with one container.
 *
 * @param scaled false for mode {@code Off}: no recommendation, no change
 * @param minAllowed lower bound of a recommendation; zero or absent is no bound
 * @param maxAllowed upper bound of a recommendation, stronger than the lower one; zero or absent is no bound
 * @param controlledResources the resources that get a recommendation
 * @param controlledValues whether limits follow requests
 */
public record ContainerPolicy(
        boolean scaled,
        ResourceAmounts minAllowed,
        ResourceAmounts maxAllowed,
        Set<Resource> controlledResources,
        ControlledValues controlledValues) {

    /** Which values of a container follow a recommendation. */
    public enum ControlledValues {
        /** Limits keep their proportion to requests; the default. */
        REQUESTS_AND_LIMITS,
        /** Limits stay, and bound the requests. */
        REQUESTS_ONLY
    }

    /** What holds for a container that no policy names. */
    public static final ContainerPolicy DEFAULT = new ContainerPolicy(
            true,
            ResourceAmounts.NONE,
            ResourceAmounts.NONE,
            ImmutableSet.copyOf(Resource.values()),
            ControlledValues.REQUESTS_AND_LIMITS);

    public ContainerPolicy {
        controlledResources = ImmutableSet.copyOf(controlledResources);
    }

    /** The same policy with other bounds. */
    public ContainerPolicy withBounds(ResourceAmounts min, ResourceAmounts max) {
        return new ContainerPolicy(scaled, min, max, controlledResources, controlledValues);
    }
}
