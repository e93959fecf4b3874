package dev.wavetank.autoscaling.vpa;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How urgently a pod should get its recommendation.
 *
 * <p>Source: vertical-pod-autoscaler pkg/updater/priority/priority_processor.go and update_priority_calculator.go.
 *
 * @param outsideRange true if a request is missing, below the lower or above the upper bound
 * @param grows true if a request is missing or below its target
 * @param resourceDiff how far requests and targets are apart, relative to the requests of the whole pod, summed over resources
 */
public record UpdatePriority(boolean outsideRange, boolean grows, double resourceDiff) {

    /** Most urgent first: pods that want to grow, then the larger difference. */
    static final Comparator<UpdatePriority> MOST_URGENT_FIRST = Comparator.comparing(UpdatePriority::grows)
            .thenComparing(UpdatePriority::resourceDiff)
            .reversed();

    private static final long TWELVE_HOURS_NANOS = 12L * 3600 * 1_000_000_000;
    private static final long QUICK_OOM_NANOS = 10L * 60 * 1_000_000_000;
    private static final double SMALLEST_DIFF = 0.1;

    /** Whether a pod is worth an update. */
    public enum Verdict {
        /** A request lies outside the recommended range. */
        OUTSIDE_RANGE(true),
        /** A container was OOM killed within 10 minutes of its start, and would get other requests. */
        QUICK_OOM(true),
        /** It has run for 12 hours or more and is off its target by 10 % or more. */
        LONG_LIVED(true),
        /** A quick OOM kill, but the requests would stay the same. */
        OOM_WITHOUT_CHANGE(false),
        /** It has no start time yet. */
        NOT_STARTED(false),
        /** Within the range and younger than 12 hours. */
        TOO_YOUNG(false),
        /** Within the range and less than 10 % off its target. */
        TOO_CLOSE(false);

        private final boolean wanted;

        Verdict(boolean wanted) {
            this.wanted = wanted;
        }

        /** True if the pod should be updated. */
        public boolean wanted() {
            return wanted;
        }
    }

    /**
     * Compares a pod with its recommendation.
     *
     * @param recommendations fitted to this pod, see {@link PodRecommendation}
     */
    public static UpdatePriority of(
            List<ContainerResources> containers, Map<String, ContainerRecommendation> recommendations) {
        boolean outsideRange = false;
        boolean grows = false;
        EnumMap<Resource, Long> requested = new EnumMap<>(Resource.class);
        EnumMap<Resource, Long> recommended = new EnumMap<>(Resource.class);
        for (ContainerResources container : containers) {
            ContainerRecommendation recommendation = recommendations.get(container.name());
            if (recommendation == null) {
                continue;
            }
            for (Resource resource : Resource.values()) {
                Long target = recommendation.target().get(resource);
                if (target == null) {
                    continue;
                }
                recommended.merge(resource, target, Long::sum);
                Long request = container.requests().get(resource);
                requested.merge(resource, request == null ? 0 : request, Long::sum);
                grows |= request == null || target > request;
                outsideRange |= request == null || isOutside(request, recommendation, resource);
            }
        }
        return new UpdatePriority(outsideRange, grows, diff(requested, recommended));
    }

    private static boolean isOutside(long request, ContainerRecommendation recommendation, Resource resource) {
        Long lower = recommendation.lowerBound().get(resource);
        Long upper = recommendation.upperBound().get(resource);
        return (lower != null && request < lower) || (upper != null && request > upper);
    }

    private static double diff(EnumMap<Resource, Long> requested, EnumMap<Resource, Long> recommended) {
        double diff = 0;
        for (Map.Entry<Resource, Long> entry : recommended.entrySet()) {
            Resource resource = entry.getKey();
            // The VPA counts both resources in thousandths, which matters only where nothing is requested.
            double thousandths = resource == Resource.MEMORY ? 1000 : 1;
            double request = Math.max(requested.getOrDefault(resource, 0L) * thousandths, 1);
            diff += Math.abs(request - entry.getValue() * thousandths) / request;
        }
        return diff;
    }

    /**
     * Decides whether the pod is worth an update at all.
     *
     * @param ageNanos time since the pod's start time, null if it has none
     * @param oomKilledAfterNanos how long its shortest-lived OOM-killed instance ran, null if there is none
     */
    public Verdict verdict(@Nullable Long ageNanos, @Nullable Long oomKilledAfterNanos) {
        boolean quickOom = oomKilledAfterNanos != null && oomKilledAfterNanos < QUICK_OOM_NANOS;
        if (quickOom && resourceDiff == 0) {
            return Verdict.OOM_WITHOUT_CHANGE;
        }
        if (outsideRange) {
            return Verdict.OUTSIDE_RANGE;
        }
        if (quickOom) {
            return Verdict.QUICK_OOM;
        }
        if (ageNanos == null) {
            return Verdict.NOT_STARTED;
        }
        if (ageNanos < TWELVE_HOURS_NANOS) {
            return Verdict.TOO_YOUNG;
        }
        return resourceDiff < SMALLEST_DIFF ? Verdict.TOO_CLOSE : Verdict.LONG_LIVED;
    }
}
