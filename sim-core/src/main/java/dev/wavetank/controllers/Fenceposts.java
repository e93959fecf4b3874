package dev.wavetank.controllers;

import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy.RollingUpdate;
import dev.wavetank.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * How far a rolling update may go above and below the wanted number of pods.
 *
 * <p>A percentage of surge is rounded up and one of unavailability down; if both come to 0, one pod may be unavailable,
 * since the rollout could not move otherwise.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/util ResolveFenceposts.
 *
 * @param replicas pods wanted
 * @param maxSurge pods above that
 * @param resolvedMaxUnavailable pods below that as stated, which may be more than there are
 */
public record Fenceposts(int replicas, int maxSurge, int resolvedMaxUnavailable) {

    /**
     * Reads the two settings; one that is not set counts as 0.
     *
     * @throws IllegalArgumentException if a text is no percentage; the API lets no such Deployment in
     */
    public static Fenceposts resolve(
            @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable, int replicas) {
        int surge = scaled(maxSurge, replicas, IntOrString.Rounding.UP);
        int unavailable = scaled(maxUnavailable, replicas, IntOrString.Rounding.DOWN);
        return new Fenceposts(replicas, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    /** Those of a Deployment; with strategy Recreate neither surge nor unavailability is planned. */
    public static Fenceposts of(DeploymentSpec spec) {
        if (spec.strategy() instanceof RollingUpdate rolling) {
            return resolve(rolling.maxSurge(), rolling.maxUnavailable(), spec.replicas());
        }
        return new Fenceposts(spec.replicas(), 0, 0);
    }

    private static int scaled(@Nullable IntOrString value, int replicas, IntOrString.Rounding rounding) {
        return value == null ? 0 : value.scaledValue(replicas, rounding);
    }

    /** Pods that may be missing: never more than are wanted. */
    public int maxUnavailable() {
        return replicas == 0 ? 0 : Math.min(resolvedMaxUnavailable, replicas);
    }

    public int minAvailable() {
        return replicas - maxUnavailable();
    }

    public int maxTotal() {
        return replicas + maxSurge;
    }
}
