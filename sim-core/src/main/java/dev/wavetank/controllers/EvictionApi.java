package dev.wavetank.controllers;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * The eviction subresource of pods: deletes a pod if the PodDisruptionBudgets let it go, as {@link Eviction} decides. What
 * {@code kubectl drain}, autoscalers and deschedulers call.
 *
 * <p>Source: kubernetes 1.36 pkg/registry/core/pod/storage/eviction.go.
 */
public final class EvictionApi {

    /** Evictions whose effect the disruption controller has yet to see; beyond that it has lost touch. */
    private static final int MOST_DISRUPTED_PODS = 2000;

    private final Simulation simulation;
    private final Store store;
    private final DecisionLog decisions;

    public EvictionApi(Simulation simulation, Store store, DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.decisions = decisions;
    }

    /**
     * Evicts a pod, in this instant.
     *
     * @throws ApiException NOT_FOUND; TOO_MANY_REQUESTS if a budget forbids it for now; INTERNAL if more than one covers it
     */
    public void evict(ObjectKey key, DeleteOptions options) {
        if (!(store.get(key) instanceof Pod pod)) {
            throw new ApiException(ApiException.Reason.NOT_FOUND, "pods \"" + key.name() + "\" not found");
        }
        List<PodDisruptionBudget> covering = new ArrayList<>();
        for (KubernetesObject budget : store.list(ResourceKind.POD_DISRUPTION_BUDGET)) {
            if (((PodDisruptionBudget) budget).covers(pod)) {
                covering.add((PodDisruptionBudget) budget);
            }
        }
        Eviction decision =
                Eviction.of(pod, covering.stream().map(EvictionApi::asStated).toList());
        try {
            if (!decision.allowed()) {
                throw refusal(decision, covering);
            }
            if (decision.usesBudget()) {
                take(covering.get(0), pod);
            }
        } catch (ApiException refused) {
            decisions.record("Eviction", key, () -> "not evicted: " + refused.getMessage());
            throw refused;
        }
        decisions.record("Eviction", key, () -> "evicted: " + decision.reason());
        if (!pod.metadata().isBeingDeleted()) {
            store.patch(
                    key,
                    stored -> ((Pod) stored)
                            .withStatus(((Pod) stored)
                                    .status()
                                    .withCondition(
                                            PodCondition.Type.DISRUPTION_TARGET,
                                            PodCondition.Status.TRUE,
                                            Eviction.DISRUPTION_REASON,
                                            "Eviction API: evicting",
                                            simulation.now())));
        }
        store.delete(key, options);
    }

    /** The budget as its status has it, which may be older than the pods. */
    private static DisruptionBudget asStated(PodDisruptionBudget budget) {
        PodDisruptionBudget.Status status = budget.status();
        return new DisruptionBudget(
                budget.name(),
                status.expectedPods(),
                status.currentHealthy(),
                status.desiredHealthy(),
                budget.alwaysAllowUnhealthy()
                        ? DisruptionBudget.UnhealthyPodEvictionPolicy.ALWAYS_ALLOW
                        : DisruptionBudget.UnhealthyPodEvictionPolicy.IF_HEALTHY_BUDGET);
    }

    private static ApiException refusal(Eviction decision, List<PodDisruptionBudget> covering) {
        if (decision.code() != ApiException.Reason.TOO_MANY_REQUESTS.code()) {
            return new ApiException(ApiException.Reason.INTERNAL, decision.reason());
        }
        PodDisruptionBudget budget = covering.get(0);
        return new ApiException(
                ApiException.Reason.TOO_MANY_REQUESTS,
                decision.reason() + " The disruption budget " + budget.name() + " needs "
                        + budget.status().desiredHealthy() + " healthy pods and has "
                        + budget.status().currentHealthy() + " currently");
    }

    /** Counts the disruption in the budget's status at once, before the controller can see it. */
    private void take(PodDisruptionBudget budget, Pod pod) {
        PodDisruptionBudget.Status status = budget.status();
        if (status.observedGeneration() < budget.metadata().generation()) {
            throw tooMany("The disruption budget " + budget.name() + " is still being processed by the server.");
        }
        if (status.disruptedPods().size() > MOST_DISRUPTED_PODS) {
            throw tooMany("DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (status.disruptionsAllowed() == 0) {
            throw refusal(
                    new Eviction(
                            false, false, 429, "Cannot evict pod as it would violate the pod's disruption budget."),
                    List.of(budget));
        }
        ImmutableMap<String, Long> disrupted = ImmutableMap.<String, Long>builder()
                .putAll(status.disruptedPods())
                .put(pod.name(), Times.stored(simulation.now()))
                .buildKeepingLast();
        store.updateStatus(budget.withStatus(new PodDisruptionBudget.Status(
                status.observedGeneration(),
                disrupted,
                status.disruptionsAllowed() - 1,
                status.currentHealthy(),
                status.desiredHealthy(),
                status.expectedPods(),
                status.reason())));
    }

    private static ApiException tooMany(String message) {
        return new ApiException(ApiException.Reason.TOO_MANY_REQUESTS, message);
    }
}
