package dev.wavetank.autoscaling.vpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scales the recommendations of all containers of a pod alike, until the pod as a whole fits a LimitRange of type Pod.
 *
 * <p>Source: vertical-pod-autoscaler pkg/utils/vpa/capping.go, applyPodLimitRange.
 */
final class PodLimitRange {

    private PodLimitRange() {}

    /**
     * One of target, lower and upper bound for each container, fitted.
     *
     * @param amounts by container name; a container that is missing keeps its request
     * @param cappings by container name, where what was done is noted; null to note nothing
     */
    static Map<String, ResourceAmounts> fit(
            List<ContainerResources> containers,
            Map<String, ResourceAmounts> amounts,
            LimitRangeItem range,
            @Nullable Map<String, List<Capping>> cappings) {
        for (Resource resource : Resource.values()) {
            fit(containers, amounts, range, resource, cappings);
        }
        return amounts;
    }

    private static void fit(
            List<ContainerResources> containers,
            Map<String, ResourceAmounts> amounts,
            LimitRangeItem range,
            Resource resource,
            @Nullable Map<String, List<Capping>> cappings) {
        long sumOfLimits = 0;
        long sumOfRequests = 0;
        for (ContainerResources container : containers) {
            long request =
                    amounts.getOrDefault(container.name(), container.requests()).orZero(resource);
            Long limit = Proportions.limitFor(
                    container, resource, range.defaultLimit().orZero(resource), request);
            sumOfLimits += limit == null ? 0 : limit;
            sumOfRequests += request;
        }
        Function<Long, Long> scaling = scaling(range, resource, sumOfLimits, sumOfRequests);
        if (scaling == null) {
            return;
        }
        for (Map.Entry<String, ResourceAmounts> entry : amounts.entrySet()) {
            Long amount = entry.getValue().get(resource);
            if (amount == null) {
                continue;
            }
            entry.setValue(entry.getValue().with(resource, scaling.apply(amount)));
            if (cappings != null) {
                cappings.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                        .add(new Capping(resource, Capping.Cause.POD_LIMIT_RANGE));
            }
        }
    }

    /**
     * How each request is to be scaled, or null if the pod fits or nothing can be done. Requests below the minimum are scaled to
     * it; otherwise limits below the minimum or, more strongly, above the maximum decide. A pod without limits is left alone.
     */
    private static @Nullable Function<Long, Long> scaling(
            LimitRangeItem range, Resource resource, long sumOfLimits, long sumOfRequests) {
        long min = range.min().orZero(resource);
        long max = range.max().orZero(resource);
        boolean tooSmall = sumOfLimits < min || sumOfRequests < min;
        boolean tooLarge = max != 0 && sumOfLimits > max;
        if (sumOfLimits == 0 || !(tooSmall || tooLarge)) {
            return null;
        }
        if (sumOfRequests < min) {
            return switch (resource) {
                case CPU -> request -> Amounts.proportionRoundedUp(request, min, sumOfRequests);
                // A few bytes short of the minimum: memory is rounded down even here.
                case MEMORY -> request -> Amounts.proportion(request, min, sumOfRequests);
            };
        }
        long total = tooLarge ? max : min;
        return request -> Amounts.proportion(request, total, sumOfLimits);
    }
}
