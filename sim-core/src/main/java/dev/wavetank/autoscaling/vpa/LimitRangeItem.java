package dev.wavetank.autoscaling.vpa;

/**
 * The item of a namespace's LimitRanges that applies to containers, or to pods.
 *
 * @param min smallest request and limit; zero or absent is no bound
 * @param max largest limit; zero or absent is no bound
 * @param defaultLimit limit of a container that sets none
 */
public record LimitRangeItem(ResourceAmounts min, ResourceAmounts max, ResourceAmounts defaultLimit) {

    /** No LimitRange: nothing bounded, nothing defaulted. */
    public static final LimitRangeItem NONE =
            new LimitRangeItem(ResourceAmounts.NONE, ResourceAmounts.NONE, ResourceAmounts.NONE);
}
