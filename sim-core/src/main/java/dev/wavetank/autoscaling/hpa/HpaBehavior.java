package dev.wavetank.autoscaling.hpa;

/**
 * An HPA's {@code spec.behavior}. An HPA without one is not an HPA with these defaults: it follows older, simpler rules.
 *
 * @param scaleUp rules for growing, defaults filled in
 * @param scaleDown rules for shrinking, defaults filled in
 */
public record HpaBehavior(ScalingRules scaleUp, ScalingRules scaleDown) {

    /** What {@code behavior: {}} means. */
    public static final HpaBehavior DEFAULTS =
            new HpaBehavior(ScalingRules.SCALE_UP_DEFAULTS, ScalingRules.SCALE_DOWN_DEFAULTS);
}
