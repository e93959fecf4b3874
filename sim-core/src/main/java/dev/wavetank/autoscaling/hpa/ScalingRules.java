package dev.wavetank.autoscaling.hpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an HPA's {@code behavior}, defaults filled in.
 *
 * <p>Source of the defaults: kubernetes 1.36 pkg/apis/autoscaling/v2/defaults.go.
 *
 * @param stabilizationWindowSeconds how far back recommendations hold a change up, 0 to 3600; null (scale-down only) leaves it to the flag
 * @param selectPolicy which policy counts
 * @param policies bounds on the change; never empty
 * @param tolerance this direction's own tolerance as a fraction; null leaves it to the flag
 */
public record ScalingRules(
        @Nullable Integer stabilizationWindowSeconds,
        SelectPolicy selectPolicy,
        List<ScalingPolicy> policies,
        @Nullable Double tolerance) {

    /** Which of several policies counts. */
    public enum SelectPolicy {
        /** The one that allows the largest change. */
        MAX,
        /** The one that allows the smallest change. */
        MIN,
        /** None: this direction is closed. */
        DISABLED
    }

    private static final ScalingPolicy DOUBLE_OR_NOTHING = new ScalingPolicy(ScalingPolicy.Type.PERCENT, 100, 15);

    /** Up at once, by 4 pods or 100 % per 15 s, whichever is more. */
    public static final ScalingRules SCALE_UP_DEFAULTS = new ScalingRules(
            0, SelectPolicy.MAX, List.of(new ScalingPolicy(ScalingPolicy.Type.PODS, 4, 15), DOUBLE_OR_NOTHING), null);

    /** Down as far as wanted, after the flag's window. */
    public static final ScalingRules SCALE_DOWN_DEFAULTS =
            new ScalingRules(null, SelectPolicy.MAX, List.of(DOUBLE_OR_NOTHING), null);

    public ScalingRules {
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("scaling rules need at least one policy");
        }
        policies = List.copyOf(policies);
    }

    /** These rules as defaults for what a user left unset: each null is taken from here. */
    public ScalingRules overriddenBy(
            @Nullable Integer newWindowSeconds,
            @Nullable SelectPolicy newSelectPolicy,
            @Nullable List<ScalingPolicy> newPolicies,
            @Nullable Double newTolerance) {
        return new ScalingRules(
                newWindowSeconds == null ? stabilizationWindowSeconds : newWindowSeconds,
                newSelectPolicy == null ? selectPolicy : newSelectPolicy,
                newPolicies == null ? policies : newPolicies,
                newTolerance == null ? tolerance : newTolerance);
    }

    long windowNanos(HpaOptions options) {
        return stabilizationWindowSeconds == null
                ? options.downscaleStabilizationNanos()
                : stabilizationWindowSeconds * HpaOptions.SECOND_NANOS;
    }

    long longestPeriodNanos() {
        int longest = 0;
        for (ScalingPolicy policy : policies) {
            longest = Math.max(longest, policy.periodSeconds());
        }
        return longest * HpaOptions.SECOND_NANOS;
    }
}
