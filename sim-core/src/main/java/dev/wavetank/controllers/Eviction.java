package dev.wavetank.controllers;

import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import java.util.List;

/**
 * The API server's answer to a request to evict a pod.
 *
 * <p>Source: kubernetes 1.36 pkg/registry/core/pod/rest/eviction.go.
 *
 * @param allowed true if the pod is deleted, with its own grace period and the condition DisruptionTarget
 * @param usesBudget true if it took one of the disruptions the budget allows; the next one is told at once
 * @param code the HTTP status: 201 if allowed, 429 to try again later, 500 if it cannot be decided
 * @param reason what the server says, or, if it allows, the rule by which it does
 */
public record Eviction(boolean allowed, boolean usesBudget, int code, String reason) {

    /** The reason of the condition DisruptionTarget on an evicted pod. */
    public static final String DISRUPTION_REASON = "EvictionByEvictionAPI";

    /**
     * Decides on one eviction.
     *
     * @param budgets those whose selector matches the pod, as their status stands
     */
    public static Eviction of(Pod pod, List<DisruptionBudget> budgets) {
        PodPhase phase = pod.status().phase();
        if (pod.metadata().isBeingDeleted()) {
            return free("it is being deleted already");
        }
        if (phase.isFinal() || phase == PodPhase.PENDING) {
            return free("a " + phase.text() + " pod serves nobody");
        }
        if (budgets.isEmpty()) {
            return free("no PodDisruptionBudget covers it");
        }
        if (budgets.size() > 1) {
            return new Eviction(
                    false,
                    false,
                    500,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        return of(pod, budgets.get(0));
    }

    private static Eviction of(Pod pod, DisruptionBudget budget) {
        if (!pod.isReady()) {
            switch (budget.unhealthyPods()) {
                case ALWAYS_ALLOW -> {
                    return free("it is not ready and the budget lets such pods go");
                }
                case IF_HEALTHY_BUDGET -> {
                    if (budget.currentHealthy() >= budget.desiredHealthy() && budget.desiredHealthy() > 0) {
                        return free("it is not ready and enough others are");
                    }
                }
            }
        }
        if (budget.disruptionsAllowed() == 0) {
            return new Eviction(false, false, 429, "Cannot evict pod as it would violate the pod's disruption budget.");
        }
        return new Eviction(
                true,
                true,
                201,
                "the budget needs " + budget.desiredHealthy() + " healthy pods and has " + budget.currentHealthy());
    }

    private static Eviction free(String reason) {
        return new Eviction(true, false, 201, reason);
    }
}
