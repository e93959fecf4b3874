package dev.wavetank.autoscaling.vpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fits a recommendation to one particular pod: the LimitRanges of its namespace, then the VPA's policy, then, if limits are not
 * to change, its own limits. Updater and admission controller both look at a recommendation through this.
 *
 * <p>Source: vertical-pod-autoscaler pkg/utils/vpa/capping.go.
 */
public final class PodRecommendation {

    private PodRecommendation() {}

    /**
     * The recommendations that concern containers of the pod, fitted, in their own order.
     *
     * @param containerRange LimitRange of type Container, {@link LimitRangeItem#NONE} if there is none
     * @param podRange LimitRange of type Pod, or null if there is none. If there is one, containers without a recommendation are
     *     added with what they request, for the pod's sum counts them in
     */
    public static List<ContainerRecommendation> fit(
            List<ContainerResources> containers,
            List<ContainerRecommendation> recommendations,
            ResourcePolicy policy,
            LimitRangeItem containerRange,
            @Nullable LimitRangeItem podRange) {
        Map<String, ContainerResources> byName = new LinkedHashMap<>();
        containers.forEach(container -> byName.put(container.name(), container));
        List<ContainerRecommendation> fitted = new ArrayList<>();
        for (ContainerRecommendation recommendation : fitPod(containers, recommendations, podRange)) {
            ContainerResources container = byName.get(recommendation.containerName());
            if (container != null) {
                fitted.add(fit(container, recommendation, policy.of(container.name()), containerRange));
            }
        }
        return fitted;
    }

    private static List<ContainerRecommendation> fitPod(
            List<ContainerResources> containers,
            List<ContainerRecommendation> recommendations,
            @Nullable LimitRangeItem podRange) {
        if (podRange == null) {
            return recommendations;
        }
        Map<String, ContainerRecommendation> all = new LinkedHashMap<>();
        recommendations.forEach(recommendation -> all.put(recommendation.containerName(), recommendation));
        for (ContainerResources container : containers) {
            if (!container.requests().isEmpty()) {
                all.putIfAbsent(container.name(), asRequested(container));
            }
        }
        Map<String, List<Capping>> cappings = new LinkedHashMap<>();
        all.forEach((name, recommendation) -> cappings.put(name, new ArrayList<>(recommendation.cappings())));
        Map<String, ResourceAmounts> lower =
                PodLimitRange.fit(containers, each(all, ContainerRecommendation::lowerBound), podRange, null);
        Map<String, ResourceAmounts> target =
                PodLimitRange.fit(containers, each(all, ContainerRecommendation::target), podRange, cappings);
        Map<String, ResourceAmounts> upper =
                PodLimitRange.fit(containers, each(all, ContainerRecommendation::upperBound), podRange, null);
        List<ContainerRecommendation> fitted = new ArrayList<>();
        all.forEach((name, recommendation) -> fitted.add(new ContainerRecommendation(
                name,
                lower.getOrDefault(name, ResourceAmounts.NONE),
                target.getOrDefault(name, ResourceAmounts.NONE),
                upper.getOrDefault(name, ResourceAmounts.NONE),
                recommendation.uncappedTarget(),
                cappings.getOrDefault(name, List.of()))));
        return fitted;
    }

    private static Map<String, ResourceAmounts> each(
            Map<String, ContainerRecommendation> recommendations,
            Function<ContainerRecommendation, ResourceAmounts> which) {
        Map<String, ResourceAmounts> amounts = new LinkedHashMap<>();
        recommendations.forEach((name, recommendation) -> amounts.put(name, which.apply(recommendation)));
        return amounts;
    }

    private static ContainerRecommendation asRequested(ContainerResources container) {
        return new ContainerRecommendation(
                container.name(),
                ResourceAmounts.NONE,
                container.requests(),
                ResourceAmounts.NONE,
                ResourceAmounts.NONE,
                List.of());
    }

    private static ContainerRecommendation fit(
            ContainerResources container,
            ContainerRecommendation recommendation,
            ContainerPolicy policy,
            LimitRangeItem range) {
        List<Capping> cappings = new ArrayList<>(recommendation.cappings());
        return new ContainerRecommendation(
                container.name(),
                fit(container, recommendation.lowerBound(), policy, range, null),
                fit(container, recommendation.target(), policy, range, cappings),
                fit(container, recommendation.upperBound(), policy, range, null),
                recommendation.uncappedTarget(),
                cappings);
    }

    private static ResourceAmounts fit(
            ContainerResources container,
            ResourceAmounts amounts,
            ContainerPolicy policy,
            LimitRangeItem range,
            @Nullable List<Capping> cappings) {
        ResourceAmounts inRange = PolicyBounds.between(
                amounts,
                smallestRequest(container, range),
                Capping.Cause.CONTAINER_LIMIT_RANGE_MIN,
                requestsFor(container, range.max(), range),
                Capping.Cause.CONTAINER_LIMIT_RANGE_MAX,
                cappings);
        ResourceAmounts allowed = PolicyBounds.apply(inRange, policy.minAllowed(), policy.maxAllowed(), cappings);
        return switch (policy.controlledValues()) {
            case REQUESTS_AND_LIMITS -> allowed;
            case REQUESTS_ONLY -> belowLimits(container, allowed, cappings);
        };
    }

    /** Both the request and the limit that goes with it must reach the minimum. */
    private static ResourceAmounts smallestRequest(ContainerResources container, LimitRangeItem range) {
        ResourceAmounts smallest = requestsFor(container, range.min(), range);
        for (Resource resource : Resource.values()) {
            smallest = smallest.with(
                    resource, Math.max(smallest.orZero(resource), range.min().orZero(resource)));
        }
        return smallest;
    }

    private static ResourceAmounts requestsFor(
            ContainerResources container, ResourceAmounts limits, LimitRangeItem range) {
        ResourceAmounts requests = ResourceAmounts.NONE;
        for (Resource resource : Resource.values()) {
            requests = requests.with(
                    resource,
                    Proportions.requestFor(
                            container, resource, range.defaultLimit().orZero(resource), limits.orZero(resource)));
        }
        return requests;
    }

    private static ResourceAmounts belowLimits(
            ContainerResources container, ResourceAmounts amounts, @Nullable List<Capping> cappings) {
        ResourceAmounts result = amounts;
        for (Resource resource : Resource.values()) {
            Long limit = container.limits().get(resource);
            Long amount = result.get(resource);
            if (limit != null && amount != null && amount > limit) {
                result = result.with(resource, limit);
                PolicyBounds.note(cappings, resource, Capping.Cause.CONTAINER_LIMIT);
            }
        }
        return result;
    }
}
