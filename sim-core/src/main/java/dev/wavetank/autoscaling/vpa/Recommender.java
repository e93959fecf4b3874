package dev.wavetank.autoscaling.vpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * Decides what the containers of a pod should request: percentiles of their usage plus a margin, with bounds around them that
 * close in as the history grows.
 *
 * <p>Source: vertical-pod-autoscaler pkg/recommender/logic/recommender.go and estimator.go; every flag at its default.
 */
public final class Recommender {

    private static final double TARGET_PERCENTILE = 0.9;
    private static final double LOWER_BOUND_PERCENTILE = 0.5;
    private static final double UPPER_BOUND_PERCENTILE = 0.95;
    private static final double SAFETY_MARGIN = 0.15;
    private static final ResourceAmounts POD_MINIMUM = ResourceAmounts.of(25, 250L * 1024 * 1024);

    private Recommender() {}

    /**
     * Recommends for every container whose policy lets it be scaled, in the order of their names.
     *
     * @param usage what has been seen of each container of the pod, by container name
     * @param globalMaxAllowed the recommender's own upper bounds, where a policy sets none; zero or absent is no bound
     */
    public static List<ContainerRecommendation> recommend(
            SortedMap<String, AggregateContainerState> usage, ResourcePolicy policy, ResourceAmounts globalMaxAllowed) {
        long scaledContainers =
                usage.keySet().stream().filter(name -> policy.of(name).scaled()).count();
        double share = 1.0 / scaledContainers;
        List<ContainerRecommendation> recommendations = new ArrayList<>();
        usage.forEach((name, state) -> {
            ContainerPolicy containerPolicy = policy.of(name);
            if (containerPolicy.scaled()) {
                recommendations.add(recommend(name, state, share, containerPolicy, globalMaxAllowed));
            }
        });
        return recommendations;
    }

    private static ContainerRecommendation recommend(
            String name,
            AggregateContainerState usage,
            double shareOfPodMinimum,
            ContainerPolicy policy,
            ResourceAmounts globalMaxAllowed) {
        List<Capping> cappings = new ArrayList<>();
        ResourceAmounts lower = ResourceAmounts.NONE;
        ResourceAmounts target = ResourceAmounts.NONE;
        ResourceAmounts upper = ResourceAmounts.NONE;
        ResourceAmounts maxAllowed = policy.maxAllowed();
        for (Resource resource : Resource.values()) {
            if (!policy.controlledResources().contains(resource)) {
                continue;
            }
            long minimum = Amounts.scale(POD_MINIMUM.orZero(resource), shareOfPodMinimum);
            long wanted = withMargin(usage.percentile(resource, TARGET_PERCENTILE));
            if (wanted < minimum) {
                cappings.add(new Capping(resource, Capping.Cause.POD_MINIMUM));
            }
            lower = lower.with(resource, Math.max(lowerBound(resource, usage), minimum));
            target = target.with(resource, Math.max(wanted, minimum));
            upper = upper.with(resource, Math.max(upperBound(resource, usage), minimum));
            if (!maxAllowed.has(resource)) {
                maxAllowed = maxAllowed.with(resource, globalMaxAllowed.get(resource));
            }
        }
        return new ContainerRecommendation(
                name,
                PolicyBounds.apply(lower, policy.minAllowed(), maxAllowed, null),
                PolicyBounds.apply(target, policy.minAllowed(), maxAllowed, cappings),
                PolicyBounds.apply(upper, policy.minAllowed(), maxAllowed, null),
                target,
                cappings);
    }

    /** The arithmetic behind a recommendation, in words. */
    public static String explain(ContainerRecommendation recommendation, AggregateContainerState usage) {
        List<String> parts = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            if (recommendation.target().has(resource)) {
                parts.add(explain(resource, recommendation, usage));
            }
        }
        recommendation.cappings().forEach(capping -> parts.add(capping.toString()));
        return recommendation.containerName() + ": " + String.join("; ", parts);
    }

    private static String explain(
            Resource resource, ContainerRecommendation recommendation, AggregateContainerState usage) {
        long base = usage.percentile(resource, TARGET_PERCENTILE);
        return String.format(
                Locale.ROOT,
                "%s %s (p90 %s + 15 %% = %s), range %s to %s (p50 %s, p95 %s, confidence %.3f)",
                resource.apiName(),
                VpaStatus.quantity(resource, recommendation.target().orZero(resource)),
                VpaStatus.quantity(resource, base),
                VpaStatus.quantity(resource, withMargin(base)),
                VpaStatus.quantity(resource, recommendation.lowerBound().orZero(resource)),
                VpaStatus.quantity(resource, recommendation.upperBound().orZero(resource)),
                VpaStatus.quantity(resource, usage.percentile(resource, LOWER_BOUND_PERCENTILE)),
                VpaStatus.quantity(resource, usage.percentile(resource, UPPER_BOUND_PERCENTILE)),
                usage.confidence());
    }

    private static long withMargin(long base) {
        return base + Amounts.scale(base, SAFETY_MARGIN);
    }

    /** With no history at all this is 0; after a day it is the percentile itself, give or take 0.2 %. */
    private static long lowerBound(Resource resource, AggregateContainerState usage) {
        double factor = StrictMath.pow(1 + 0.001 / usage.confidence(), -2);
        return Amounts.scale(withMargin(usage.percentile(resource, LOWER_BOUND_PERCENTILE)), factor);
    }

    /** With no history at all this is the largest amount there is; after a day it is twice the percentile. */
    private static long upperBound(Resource resource, AggregateContainerState usage) {
        double factor = 1 + 1 / usage.confidence();
        return Amounts.scale(withMargin(usage.percentile(resource, UPPER_BOUND_PERCENTILE)), factor);
    }
}
