package dev.wavetank.controllers;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.WorkQueue.Outcome;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Informer;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of PodDisruptionBudgets: how many pods are healthy, how many must be, and so how many evictions are
 * allowed; {@link DisruptionBudget} holds the arithmetic.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/disruption.
 */
public final class DisruptionController {

    /** After so long without seeing an evicted pod go, the eviction is taken to have failed. */
    private static final long DELETION_TIMEOUT = 120 * Times.SECOND;

    private final Simulation simulation;
    private final SharedInformers informers;
    private final Informer<PodDisruptionBudget> budgets;
    private final ApiClient client;
    private final EventRecorder events;
    private final WorkQueue<ObjectKey> queue;

    /** A controller that works from now on. */
    public DisruptionController(
            Simulation simulation, Store store, SharedInformers informers, Delays delays, ControlPlane settings) {
        this.simulation = simulation;
        this.informers = informers;
        this.client = settings.controllerClient(simulation, store, delays, "disruption-controller");
        this.events = settings.eventRecorder(simulation, store, "controllermanager");
        this.queue = new WorkQueue<>(simulation, "disruption", 1, delays.of(Delay.CONTROLLER_SYNC), this::sync);
        this.budgets = new Informer<>(
                store,
                ResourceKind.POD_DISRUPTION_BUDGET,
                PodDisruptionBudget.class,
                delays.watch(simulation, "controller-manager/poddisruptionbudgets"));
        budgets.onChange((before, after) -> {
            if (after != null) {
                queue.add(after.key());
            }
        });
        informers.pods().onChange(this::onPod);
    }

    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        for (PodDisruptionBudget budget : budgets.list()) {
            if ((before != null && budget.covers(before)) || (after != null && budget.covers(after))) {
                queue.add(budget.key());
            }
        }
    }

    private void sync(ObjectKey key, Consumer<Outcome> done) {
        PodDisruptionBudget budget = budgets.get(key);
        if (budget == null) {
            done.accept(Outcome.DONE);
            return;
        }
        List<Pod> covered = new ArrayList<>();
        for (Pod pod : informers.podsByNamespace().get(key.namespace())) {
            if (budget.covers(pod)) {
                covered.add(pod);
            }
        }
        PodDisruptionBudget.Status status = status(budget, covered);
        recheck(key, status);
        if (status.equals(budget.status())) {
            done.accept(Outcome.DONE);
            return;
        }
        client.updateStatus(
                budget.withStatus(status),
                (written, refused) -> done.accept(refused == null ? Outcome.DONE : Outcome.RETRY));
    }

    private PodDisruptionBudget.Status status(PodDisruptionBudget budget, List<Pod> covered) {
        long generation = budget.metadata().generation();
        IntOrString min = budget.minAvailable();
        IntOrString max = budget.maxUnavailable();
        int expected = covered.size();
        if (max != null || min instanceof IntOrString.Text) {
            expected = wantedByOwners(budget, covered);
            if (expected < 0) {
                return new PodDisruptionBudget.Status(
                        generation, budget.status().disruptedPods(), 0, 0, 0, 0, "SyncFailed");
            }
        }
        ImmutableMap<String, Long> disrupted = stillDisrupted(budget, covered);
        int healthy = 0;
        for (Pod pod : covered) {
            healthy += DisruptionBudget.isHealthy(pod, disrupted.keySet()) ? 1 : 0;
        }
        DisruptionBudget.Limit limit = min != null
                ? new DisruptionBudget.Limit.MinAvailable(min)
                : new DisruptionBudget.Limit.MaxUnavailable(max == null ? IntOrString.of(0) : max);
        DisruptionBudget figures = DisruptionBudget.of(
                budget.name(), limit, expected, healthy, DisruptionBudget.UnhealthyPodEvictionPolicy.IF_HEALTHY_BUDGET);
        int allowed = figures.disruptionsAllowed();
        return new PodDisruptionBudget.Status(
                generation,
                disrupted,
                allowed,
                healthy,
                figures.desiredHealthy(),
                expected,
                allowed > 0 ? "SufficientPods" : "InsufficientPods");
    }

    /** The pods that the owners of the covered ones ask for in all, or -1 if a pod has none that says. */
    private int wantedByOwners(PodDisruptionBudget budget, List<Pod> covered) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Pod pod : covered) {
            if (!addOwner(pod, wanted)) {
                events.warning(
                        budget,
                        "CalculateExpectedPodCountFailed",
                        "Failed to calculate the number of expected pods: found no controllers for pod \"" + pod.name()
                                + "\"");
                return -1;
            }
        }
        return wanted.values().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean addOwner(Pod pod, Map<String, Integer> wanted) {
        OwnerReference controller = pod.metadata().controller();
        String namespace = pod.metadata().namespace();
        ReplicaSet replicaSet = controller == null
                ? null
                : informers.replicaSets().get(new ObjectKey(ResourceKind.REPLICA_SET, namespace, controller.name()));
        if (replicaSet == null) {
            return false;
        }
        OwnerReference owner = replicaSet.metadata().controller();
        Deployment deployment = owner == null
                ? null
                : informers.deployments().get(new ObjectKey(ResourceKind.DEPLOYMENT, namespace, owner.name()));
        if (deployment == null) {
            wanted.put(replicaSet.metadata().uid(), replicaSet.replicas());
        } else {
            wanted.put(deployment.metadata().uid(), deployment.spec().replicas());
        }
        return true;
    }

    /** Evicted pods that are still there and not on their way out, unless too much time has passed. */
    private ImmutableMap<String, Long> stillDisrupted(PodDisruptionBudget budget, List<Pod> covered) {
        ImmutableMap.Builder<String, Long> still = ImmutableMap.builder();
        for (Pod pod : covered) {
            Long since = budget.status().disruptedPods().get(pod.name());
            if (since != null && !pod.metadata().isBeingDeleted() && since + DELETION_TIMEOUT > simulation.now()) {
                still.put(pod.name(), since);
            }
        }
        return still.buildOrThrow();
    }

    private void recheck(ObjectKey key, PodDisruptionBudget.Status status) {
        status.disruptedPods().values().stream()
                .min(Long::compare)
                .ifPresent(oldest -> queue.addAfter(key, oldest + DELETION_TIMEOUT - simulation.now()));
    }
}
