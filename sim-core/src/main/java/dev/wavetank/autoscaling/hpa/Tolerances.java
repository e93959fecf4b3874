package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * How far usage may be from its target, in either direction, before the replica count is touched.
 *
 * @param scaleDown largest shortfall that is let be, as a fraction of the target; at least 0
 * @param scaleUp largest excess that is let be, as a fraction of the target; at least 0
 */
public record Tolerances(double scaleDown, double scaleUp) {

    /** True if the ratio of usage to target calls for no change; both bounds belong to the range. A ratio that is no number never does. */
    public boolean isWithin(double usageRatio) {
        return 1.0 - scaleDown <= usageRatio && usageRatio <= 1.0 + scaleUp;
    }

    /** The flag's tolerance, each direction replaced by what {@code behavior} says of it if the gate lets it. */
    static Tolerances of(@Nullable HpaBehavior behavior, HpaOptions options) {
        if (behavior == null || !options.configurableTolerance()) {
            return new Tolerances(options.tolerance(), options.tolerance());
        }
        return new Tolerances(
                orFlag(behavior.scaleDown().tolerance(), options),
                orFlag(behavior.scaleUp().tolerance(), options));
    }

    private static double orFlag(@Nullable Double tolerance, HpaOptions options) {
        return tolerance == null ? options.tolerance() : tolerance;
    }
}
