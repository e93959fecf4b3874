package dev.wavetank.autoscaling.vpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps amounts between {@code minAllowed} and {@code maxAllowed}; a bound of zero is none, and the upper one wins. */
final class PolicyBounds {

    private PolicyBounds() {}

    static ResourceAmounts apply(
            ResourceAmounts recommended, ResourceAmounts min, ResourceAmounts max, @Nullable List<Capping> cappings) {
        return between(recommended, min, Capping.Cause.MIN_ALLOWED, max, Capping.Cause.MAX_ALLOWED, cappings);
    }

    /** As {@link #apply}, for bounds of any origin; what was done is appended to {@code cappings} unless that is null. */
    static ResourceAmounts between(
            ResourceAmounts recommended,
            ResourceAmounts min,
            Capping.Cause minCause,
            ResourceAmounts max,
            Capping.Cause maxCause,
            @Nullable List<Capping> cappings) {
        ResourceAmounts result = recommended;
        for (Resource resource : Resource.values()) {
            Long amount = result.get(resource);
            if (amount == null) {
                continue;
            }
            long lowest = min.orZero(resource);
            long highest = max.orZero(resource);
            if (lowest != 0 && amount < lowest) {
                amount = lowest;
                note(cappings, resource, minCause);
            }
            if (highest != 0 && amount > highest) {
                amount = highest;
                note(cappings, resource, maxCause);
            }
            result = result.with(resource, amount);
        }
        return result;
    }

    static void note(@Nullable List<Capping> cappings, Resource resource, Capping.Cause cause) {
        if (cappings != null) {
            cappings.add(new Capping(resource, cause));
        }
    }
}
