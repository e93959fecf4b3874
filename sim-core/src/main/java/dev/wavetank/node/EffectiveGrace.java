package dev.wavetank.node;

import org.jspecify.annotations.Nullable;

/**
 * The grace period the kubelet settles on for a pod it stops. Once set it only shrinks, and it is at least one second.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/pod_workers.go, calculateEffectiveGracePeriod.
 *
 * @param seconds ≥ 1
 * @param shortened true if an earlier, longer grace was cut; the kill under way is then hastened
 */
public record EffectiveGrace(long seconds, boolean shortened) {

    /**
     * Decides anew whenever the pod or the wish to stop it changes.
     *
     * @param before seconds settled on so far, 0 if none
     * @param deletionGracePeriodSeconds what the API server granted, null if the pod is not being deleted
     * @param overrideSeconds what the kubelet itself asks for, such as when it evicts; null if nothing
     * @param terminationGracePeriodSeconds what the pod's spec wishes
     */
    public static EffectiveGrace settle(
            long before,
            @Nullable Long deletionGracePeriodSeconds,
            @Nullable Long overrideSeconds,
            long terminationGracePeriodSeconds) {
        long grace = shorter(before, deletionGracePeriodSeconds);
        grace = shorter(grace, overrideSeconds);
        if (grace == 0 && deletionGracePeriodSeconds == null && overrideSeconds == null) {
            grace = terminationGracePeriodSeconds;
        }
        grace = Math.max(grace, 1);
        return new EffectiveGrace(grace, before != 0 && before != grace);
    }

    /** Zero stands for not set yet, so a wish for zero is overruled by any other: force deletion meets eviction. */
    private static long shorter(long grace, @Nullable Long wish) {
        return wish != null && (grace == 0 || wish < grace) ? wish : grace;
    }
}
