package dev.wavetank.autoscaling.vpa;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the ratio between a container's limit and its request when one of them changes.
 *
 * <p>Source: vertical-pod-autoscaler pkg/utils/vpa/limit_and_request_scaling.go.
 */
final class Proportions {

    private Proportions() {}

    /**
     * The limit that goes with a new request.
     *
     * @param defaultLimit limit of a container that sets none itself, 0 for none
     * @param newRequest the request to come, 0 if it is not set
     * @return the limit, or null if none is to be set
     */
    static @Nullable Long limitFor(
            ContainerResources container, Resource resource, long defaultLimit, long newRequest) {
        long limit = limitOrDefault(container, resource, defaultLimit);
        if (limit == 0 || newRequest == 0) {
            return null;
        }
        long request = container.requests().orZero(resource);
        if (request == 0 || request == limit) {
            return newRequest;
        }
        return Amounts.proportion(limit, newRequest, request);
    }

    /** The request whose proportional limit is just the given one; 0 if the container has no limit and so no ratio to keep. */
    static long requestFor(ContainerResources container, Resource resource, long defaultLimit, long newLimit) {
        long limit = limitOrDefault(container, resource, defaultLimit);
        if (limit == 0) {
            return 0;
        }
        long request = container.requests().orZero(resource);
        return request == 0 ? newLimit : Amounts.proportion(request, newLimit, limit);
    }

    private static long limitOrDefault(ContainerResources container, Resource resource, long defaultLimit) {
        long limit = container.limits().orZero(resource);
        return limit == 0 ? defaultLimit : limit;
    }
}
