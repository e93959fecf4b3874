package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.scheduling.ClusterSnapshot;
import dev.wavetank.controllers.scheduling.IncomingPod;
import dev.wavetank.controllers.scheduling.Placement;
import dev.wavetank.controllers.scheduling.PodInfo;
import dev.wavetank.controllers.scheduling.PodNeeds;
import dev.wavetank.controllers.scheduling.PreemptionVictims;
import dev.wavetank.controllers.scheduling.Scheduling;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Informer;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds pods to nodes, one after the other, as {@link Scheduling} decides.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler.
 */
public final class Scheduler {

    private final Simulation simulation;
    private final ApiClient client;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final Distribution cycleTime;
    private final RandomStream random;
    private final RandomStream ties;
    private final Informer<Service> services;
    private final Informer<ReplicaSet> replicaSets;
    private final Informer<PodDisruptionBudget> budgets;
    private final ClusterSnapshot cluster = new ClusterSnapshot();
    private final SchedulingQueue queue;

    /** Only ever looked up by key, so its order cannot matter; one entry a template. */
    private final IdentityHashMap<PodSpec, PodNeeds> needs = new IdentityHashMap<>();

    private final Map<String, Pod> unbound = new LinkedHashMap<>();
    private final Map<String, Pod> bound = new LinkedHashMap<>();
    private final Map<String, String> nominated = new LinkedHashMap<>();
    private int nextStart;
    private boolean busy;

    /** A scheduler that works from now on. */
    public Scheduler(Simulation simulation, Store store, Delays delays, ControlPlane settings, DecisionLog decisions) {
        this.simulation = simulation;
        this.client = settings.schedulerClient(simulation, store, delays);
        this.events = settings.eventRecorder(simulation, store, "default-scheduler");
        this.decisions = decisions;
        this.cycleTime = delays.of(Delay.SCHEDULER_CYCLE);
        this.random = simulation.random().stream("scheduler/cycle");
        this.ties = simulation.random().stream("scheduler/ties");
        this.queue = new SchedulingQueue(simulation, this::work);
        this.services = new Informer<>(
                store, ResourceKind.SERVICE, Service.class, delays.watch(simulation, "scheduler/services"));
        this.replicaSets = new Informer<>(
                store, ResourceKind.REPLICA_SET, ReplicaSet.class, delays.watch(simulation, "scheduler/replicasets"));
        this.budgets = new Informer<>(
                store,
                ResourceKind.POD_DISRUPTION_BUDGET,
                PodDisruptionBudget.class,
                delays.watch(simulation, "scheduler/poddisruptionbudgets"));
        Informer<Node> nodes =
                new Informer<>(store, ResourceKind.NODE, Node.class, delays.watch(simulation, "scheduler/nodes"));
        nodes.list().forEach(this::put);
        nodes.onChange(this::onNode);
        Informer<Pod> pods =
                new Informer<>(store, ResourceKind.POD, Pod.class, delays.watch(simulation, "scheduler/pods"));
        pods.onChange(this::onPod);
    }

    private void onNode(@Nullable Node before, @Nullable Node after) {
        if (after == null) {
            if (before != null) {
                cluster.removeNode(before.name());
            }
            return;
        }
        put(after);
        boolean maySuitMore = before == null
                || before.unschedulable() != after.unschedulable()
                || !before.taints().equals(after.taints())
                || !before.allocatable().equals(after.allocatable())
                || before.maxPods() != after.maxPods()
                || !before.metadata().labels().equals(after.metadata().labels());
        if (maySuitMore) {
            queue.clusterChanged();
        }
    }

    private void put(Node node) {
        cluster.putNode(node);
        cluster.putImages(node.name(), node.images());
    }

    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        Pod pod = after == null ? before : after;
        if (pod == null) {
            return;
        }
        String uid = pod.metadata().uid();
        if (after == null || after.status().phase().isFinal()) {
            unbound.remove(uid);
            nominated.remove(uid);
            bound.remove(uid);
            queue.remove(uid);
            cluster.removePod(uid);
            queue.clusterChanged();
        } else if (after.isScheduled()) {
            unbound.remove(uid);
            nominated.remove(uid);
            bound.put(uid, after);
            boolean knownAlready = before != null
                    && before.isScheduled()
                    && before.spec().equals(after.spec())
                    && before.metadata().isBeingDeleted() == after.metadata().isBeingDeleted()
                    && before.metadata().labels().equals(after.metadata().labels());
            if (!knownAlready) {
                cluster.putPod(infoOf(after), after.nodeName());
            }
            if (before != null && before.isScheduled() && !before.spec().equals(after.spec())) {
                // a pod that was made smaller leaves room to others
                queue.clusterChanged();
            }
        } else if (!after.metadata().isBeingDeleted()) {
            unbound.put(uid, after);
            boolean gated = isGated(after);
            if (gated && before == null) {
                markGated(after);
            } else if (!gated && (before == null || isGated(before))) {
                queue.add(uid, after.spec().priority());
            }
        }
    }

    private static boolean isGated(Pod pod) {
        return !pod.spec().source().path("schedulingGates").isEmpty();
    }

    private void markGated(Pod pod) {
        long now = simulation.now();
        setScheduled(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", "", now);
    }

    private PodInfo infoOf(Pod pod) {
        return new PodInfo(
                pod.metadata().uid(),
                pod.metadata().namespace(),
                pod.metadata().labels(),
                needs.computeIfAbsent(pod.spec(), PodNeeds::of),
                pod.metadata().isBeingDeleted());
    }

    /** Takes the next pod unless one is being placed; the placing itself takes time, the binding does not hold it up. */
    private void work() {
        if (busy || queue.isEmpty()) {
            return;
        }
        busy = true;
        simulation.after(cycleTime.sampleNanos(random), () -> {
            busy = false;
            String uid = queue.poll();
            Pod pod = uid == null ? null : unbound.get(uid);
            if (pod != null) {
                place(pod);
            }
            work();
        });
    }

    private void place(Pod pod) {
        IncomingPod incoming = new IncomingPod(infoOf(pod), spreadSelector(pod));
        Placement placement = withNominatedPods(pod, () -> decide(incoming, pod));
        nextStart = placement.nextStart();
        if (placement instanceof Placement.Assignment assignment) {
            bind(pod, assignment);
        } else {
            reject(pod, (Placement.Unschedulable) placement);
        }
    }

    /** A pod others have made room for goes there if it fits, whatever the scores. */
    private Placement decide(IncomingPod incoming, Pod pod) {
        String node = nominated.get(pod.metadata().uid());
        if (node != null && Scheduling.fits(incoming, cluster, node)) {
            return new Placement.Assignment(ImmutableList.of(node), 0, nextStart);
        }
        return Scheduling.decide(incoming, cluster, nextStart);
    }

    /** Room that was made for pods of the same or higher priority is theirs, though they are not there yet. */
    private <T> T withNominatedPods(Pod pod, Supplier<T> question) {
        List<String> guests = new ArrayList<>();
        nominated.forEach((uid, node) -> {
            Pod other = unbound.get(uid);
            if (other != null
                    && !uid.equals(pod.metadata().uid())
                    && other.spec().priority() >= pod.spec().priority()) {
                cluster.putPod(infoOf(other), node);
                guests.add(uid);
            }
        });
        try {
            return question.get();
        } finally {
            guests.forEach(cluster::removePod);
        }
    }

    private @Nullable LabelSelector spreadSelector(Pod pod) {
        List<ImmutableMap<String, String>> selectors = services.list().stream()
                .filter(service ->
                        service.metadata().namespace().equals(pod.metadata().namespace()))
                .map(Service::selector)
                .filter(selector -> selector != null
                        && LabelSelector.matching(selector)
                                .matches(pod.metadata().labels()))
                .toList();
        OwnerReference controller = pod.metadata().controller();
        ReplicaSet owner = controller == null
                ? null
                : replicaSets.get(
                        new ObjectKey(ResourceKind.REPLICA_SET, pod.metadata().namespace(), controller.name()));
        return IncomingPod.spreadSelector(selectors, owner == null ? null : owner.selector());
    }

    private void bind(Pod pod, Placement.Assignment assignment) {
        ImmutableList<String> best = assignment.bestNodes();
        String node = best.get(best.size() == 1 ? 0 : ties.nextInt(best.size()));
        decisions.record(
                "Scheduler",
                pod.key(),
                () -> "bound to " + node
                        + (best.size() == 1
                                ? ", the only best node"
                                : ", drawn from " + best.size() + " nodes that score " + assignment.score()));
        // assumed to be there from now on, so that the next pod finds the room taken
        cluster.putPod(infoOf(pod), node);
        unbound.remove(pod.metadata().uid());
        nominated.remove(pod.metadata().uid());
        queue.remove(pod.metadata().uid());
        long now = simulation.now();
        client.patch(pod.key(), stored -> boundTo((Pod) stored, node, now), (written, refused) -> {
            if (written instanceof Pod there && there.nodeName().equals(node)) {
                events.normal(
                        pod,
                        "Scheduled",
                        "Successfully assigned " + pod.metadata().namespace() + "/" + pod.name() + " to " + node);
            } else {
                cluster.removePod(pod.metadata().uid());
            }
        });
    }

    private static Pod boundTo(Pod stored, String node, long now) {
        if (stored.isScheduled() || stored.metadata().isBeingDeleted()) {
            return stored;
        }
        return stored.withNodeName(node)
                .withStatus(stored.status()
                        .withCondition(PodCondition.Type.POD_SCHEDULED, PodCondition.Status.TRUE, "", "", now));
    }

    private void reject(Pod pod, Placement.Unschedulable unschedulable) {
        String message = unschedulable.message();
        decisions.record("Scheduler", pod.key(), () -> "not bound: " + message);
        events.warning(pod, "FailedScheduling", message);
        queue.addUnschedulable(pod.metadata().uid(), pod.spec().priority());
        String node = preempt(pod, unschedulable);
        setScheduled(pod, "Unschedulable", message, node, simulation.now());
    }

    /** Asks pods of lower priority to make room; the name of the node they are on, or empty if that does not help. */
    private String preempt(Pod pod, Placement.Unschedulable unschedulable) {
        String uid = pod.metadata().uid();
        String already = nominated.getOrDefault(uid, "");
        boolean never = pod.spec().source().path("preemptionPolicy").asText().equals("Never");
        if (never || unschedulable.preemptionCandidates().isEmpty() || isRoomBeingMade(already, pod)) {
            return already;
        }
        PreemptionVictims chosen = PreemptionVictims.choose(
                new IncomingPod(infoOf(pod), spreadSelector(pod)),
                cluster,
                unschedulable.preemptionCandidates(),
                key -> {
                    Pod running = bound.get(key);
                    return running == null ? Long.MAX_VALUE : running.status().startTime();
                },
                this::protectedOf);
        if (chosen == null) {
            return "";
        }
        nominated.put(uid, chosen.node());
        decisions.record(
                "Scheduler",
                pod.key(),
                () -> "nominated for " + chosen.node() + ", where "
                        + chosen.victims().size() + " pods of lower priority make room");
        for (String key : chosen.victims()) {
            Pod victim = bound.get(key);
            if (victim != null && !victim.metadata().isBeingDeleted()) {
                evict(victim, pod, chosen.node());
            }
        }
        return chosen.node();
    }

    /** The pods no budget lets go if all went, one after the other. */
    private Set<String> protectedOf(List<String> uids) {
        Map<PodDisruptionBudget, Integer> allowed = new LinkedHashMap<>();
        budgets.list().forEach(budget -> allowed.put(budget, budget.status().disruptionsAllowed()));
        Set<String> guarded = new LinkedHashSet<>();
        for (String uid : uids) {
            Pod pod = bound.get(uid);
            for (PodDisruptionBudget budget : budgets.list()) {
                boolean counts = pod != null
                        && budget.covers(pod)
                        && !budget.status().disruptedPods().containsKey(pod.name());
                if (counts && allowed.merge(budget, -1, Integer::sum) < 0) {
                    guarded.add(uid);
                }
            }
        }
        return guarded;
    }

    /** True while pods of lower priority are on their way out of the node; then nobody else is asked. */
    private boolean isRoomBeingMade(String node, Pod pod) {
        return !node.isEmpty()
                && bound.values().stream()
                        .anyMatch(other -> other.nodeName().equals(node)
                                && other.metadata().isBeingDeleted()
                                && other.spec().priority() < pod.spec().priority());
    }

    private void evict(Pod victim, Pod preemptor, String node) {
        long now = simulation.now();
        client.patch(
                victim.key(),
                stored -> ((Pod) stored)
                        .withStatus(((Pod) stored)
                                .status()
                                .withCondition(
                                        PodCondition.Type.DISRUPTION_TARGET,
                                        PodCondition.Status.TRUE,
                                        "PreemptionByScheduler",
                                        "default-scheduler: preempting to accommodate a higher priority pod",
                                        now)),
                (written, refused) -> client.delete(victim.key(), DeleteOptions.DEFAULT, (deleted, error) -> {
                    if (error == null) {
                        events.normal(
                                victim,
                                "Preempted",
                                "Preempted by pod " + preemptor.metadata().uid() + " on node " + node);
                    }
                }));
    }

    private void setScheduled(Pod pod, String reason, String message, String nominatedNode, long now) {
        client.patch(
                pod.key(),
                stored -> {
                    Pod current = (Pod) stored;
                    return current.isScheduled()
                            ? current
                            : current.withStatus(current.status()
                                    .withNominatedNodeName(nominatedNode)
                                    .withCondition(
                                            PodCondition.Type.POD_SCHEDULED,
                                            PodCondition.Status.FALSE,
                                            reason,
                                            message,
                                            now));
                },
                (written, refused) -> {});
    }
}
