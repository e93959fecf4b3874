package dev.wavetank.controllers;

import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Pod;
import java.util.Set;

/**
 * How many pods of a group may be missing on purpose: the arithmetic of a PodDisruptionBudget.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/disruption.
 *
 * @param name the budget's name
 * @param expectedPods pods the owners of the group want; for a plain number of minAvailable those that are there
 * @param currentHealthy pods that count as healthy, see {@link #isHealthy}
 * @param desiredHealthy pods that must stay healthy, ≥ 0
 * @param unhealthyPods what is asked of pods that are not ready
 */
public record DisruptionBudget(
        String name,
        int expectedPods,
        int currentHealthy,
        int desiredHealthy,
        UnhealthyPodEvictionPolicy unhealthyPods) {

    /** Whether a pod that serves nobody may be evicted although no disruption is allowed. */
    public enum UnhealthyPodEvictionPolicy {
        /** If enough others are healthy; the default. */
        IF_HEALTHY_BUDGET,
        /** Always. */
        ALWAYS_ALLOW
    }

    /** What a budget states: exactly one of the two. */
    public sealed interface Limit {

        /** A percentage is rounded up. */
        record MinAvailable(IntOrString pods) implements Limit {}

        /** A percentage is rounded up here, too: it is generous to whoever evicts. */
        record MaxUnavailable(IntOrString pods) implements Limit {}
    }

    /**
     * The budget as the figures stand.
     *
     * @throws IllegalArgumentException if the limit is a text that is no percentage
     */
    public static DisruptionBudget of(
            String name, Limit limit, int expectedPods, int currentHealthy, UnhealthyPodEvictionPolicy unhealthyPods) {
        int desired = limit instanceof Limit.MinAvailable min
                ? min.pods().scaledValue(expectedPods, IntOrString.Rounding.UP)
                : expectedPods - maxUnavailable((Limit.MaxUnavailable) limit, expectedPods);
        return new DisruptionBudget(name, expectedPods, currentHealthy, Math.max(0, desired), unhealthyPods);
    }

    private static int maxUnavailable(Limit.MaxUnavailable limit, int expectedPods) {
        return limit.pods().scaledValue(expectedPods, IntOrString.Rounding.UP);
    }

    /**
     * True for a ready pod that nobody has asked to go.
     *
     * @param disrupted names of pods that were evicted a moment ago and whose deletion has not been seen yet
     */
    public static boolean isHealthy(Pod pod, Set<String> disrupted) {
        return pod.isReady() && !pod.metadata().isBeingDeleted() && !disrupted.contains(pod.name());
    }

    /** Healthy pods that may go right now. */
    public int disruptionsAllowed() {
        return expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
    }
}
