package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.nodelifecycle.NoExecuteRate;
import dev.wavetank.controllers.nodelifecycle.NodeHealth;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Informer;
import dev.wavetank.model.Node;
import dev.wavetank.model.NodeLeases;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.Store;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Watches over nodes: one whose kubelet has fallen silent becomes Unknown, its pods not ready, and it is tainted so that no
 * pod is placed there and those that are there may be evicted, which {@link TaintEvictionController} does.
 *
 * <p>Differs from Kubernetes: when all zones fail at once nodes are tainted at the normal rate; Kubernetes stops.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/nodelifecycle.
 */
public final class NodeLifecycleController {

    /** A lease as last looked at: the controller goes by its own clock from the look at which it saw it renewed. */
    private record Probe(long renewedAt, long seenAt) {}

    private static final String NO_SCHEDULE = "NoSchedule";
    private static final String NO_EXECUTE = "NoExecute";
    private static final List<String> OWN_TAINTS = List.of(
            "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/unschedulable");

    private final Simulation simulation;
    private final NodeLeases leases;
    private final ApiClient client;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final Informer<Node> nodes;
    private final Informer<Pod> pods;
    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private final Map<String, NodeHealth> unwell = new LinkedHashMap<>();
    private final Map<String, Long> nextTaintByZone = new LinkedHashMap<>();
    private boolean lookClosely;

    /** A controller that works from now on. */
    public NodeLifecycleController(
            Simulation simulation,
            Store store,
            SharedInformers informers,
            NodeLeases leases,
            Delays delays,
            ControlPlane settings,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.leases = leases;
        this.client = settings.controllerClient(simulation, store, delays, "node-lifecycle-controller");
        this.events = settings.eventRecorder(simulation, store, "node-controller");
        this.decisions = decisions;
        this.nodes = informers.nodes();
        this.pods = informers.pods();
        nodes.onChange((before, after) -> {
            if (after != null && (before == null || changesTaints(before, after))) {
                setTaints(after, healthOf(after));
                lookClosely |= after.ready() != Status.TRUE;
            }
        });
        long phase = (long)
                (simulation.random().stream("node-lifecycle-controller").nextDouble() * NodeHealth.MONITOR_PERIOD);
        simulation.after(phase, this::monitor);
    }

    private static boolean changesTaints(Node before, Node after) {
        return before.unschedulable() != after.unschedulable() || before.ready() != after.ready();
    }

    private static NodeHealth healthOf(Node node) {
        return switch (node.ready()) {
            case TRUE -> NodeHealth.READY;
            case FALSE -> NodeHealth.NOT_READY;
            case UNKNOWN -> NodeHealth.UNREACHABLE;
        };
    }

    private void monitor() {
        simulation.after(NodeHealth.MONITOR_PERIOD, this::monitor);
        lookClosely |= !leases.allAreRenewed();
        if (!lookClosely) {
            return;
        }
        for (Node node : nodes.list()) {
            look(node);
        }
        if (leases.allAreRenewed() && unwell.isEmpty()) {
            // all is well: until somebody falls silent again there is nothing to see
            probes.clear();
            lookClosely = false;
        }
    }

    private void look(Node node) {
        long now = simulation.now();
        long renewedAt = leases.renewedAt(node.name(), now);
        Probe probe = probes.get(node.name());
        if (probe == null || probe.renewedAt() != renewedAt) {
            probe = new Probe(renewedAt, probe == null ? lookAfter(renewedAt) : now);
            probes.put(node.name(), probe);
        }
        NodeHealth health = NodeHealth.at(
                now,
                Times.isSet(renewedAt) ? probe.seenAt() : Times.NONE,
                node.metadata().creationTimestamp(),
                node.ready() != Status.FALSE);
        NodeHealth before = unwell.getOrDefault(node.name(), NodeHealth.READY);
        if (health == NodeHealth.READY) {
            unwell.remove(node.name());
        } else {
            unwell.put(node.name(), health);
        }
        if (health == NodeHealth.UNREACHABLE && node.ready() != Status.UNKNOWN) {
            lost(node, now - probe.seenAt());
        } else if (health == NodeHealth.NOT_READY && before == NodeHealth.READY) {
            markPodsNotReady(node);
        }
    }

    /** When a look that happens every period would have seen a renewal, if nobody was looking closely. */
    private long lookAfter(long renewedAt) {
        long now = simulation.now();
        return Times.isSet(renewedAt)
                ? now - Math.floorDiv(now - renewedAt, NodeHealth.MONITOR_PERIOD) * NodeHealth.MONITOR_PERIOD
                : now;
    }

    private void lost(Node node, long silence) {
        decisions.record(
                "NodeLifecycleController",
                node.key(),
                () -> "Ready becomes Unknown: no lease was renewed for " + silence / Times.SECOND + " s, more than "
                        + NodeHealth.GRACE_PERIOD / Times.SECOND + " s");
        client.patch(node.key(), stored -> ((Node) stored).withReady(Status.UNKNOWN), (written, refused) -> {
            if (refused == null) {
                events.normal(node, "NodeNotReady", "Node " + node.name() + " status is now: NodeNotReady");
            }
        });
        markPodsNotReady(node);
    }

    private void markPodsNotReady(Node node) {
        for (Pod pod : pods.list()) {
            if (pod.nodeName().equals(node.name()) && pod.isReady()) {
                events.warning(pod, "NodeNotReady", "Node is not ready");
                client.patch(pod.key(), stored -> notReady((Pod) stored), (written, refused) -> {});
            }
        }
    }

    private Pod notReady(Pod stored) {
        PodCondition ready = stored.status().condition(PodCondition.Type.READY);
        return ready == null
                ? stored
                : stored.withStatus(stored.status()
                        .withCondition(
                                PodCondition.Type.READY,
                                Status.FALSE,
                                ready.reason(),
                                ready.message(),
                                simulation.now()));
    }

    /** NoSchedule taints follow at once; those that drive pods away are rationed, lest a fault of the network empties a zone. */
    private void setTaints(Node node, NodeHealth health) {
        long wait = health == NodeHealth.READY || hasTaint(node, health, NO_EXECUTE) ? 0 : rationed(node.zone());
        if (wait == Long.MAX_VALUE) {
            write(node, health, false);
        } else if (wait > 0) {
            write(node, health, false);
            simulation.after(wait, () -> {
                Node current = nodes.get(node.key());
                if (current != null && healthOf(current) == health) {
                    write(current, health, true);
                }
            });
        } else {
            write(node, health, true);
        }
    }

    /** How long the next node of a zone has to wait for its NoExecute taint; takes that turn. */
    private long rationed(String zone) {
        int ready = 0;
        int others = 0;
        for (Node node : nodes.list()) {
            if (node.zone().equals(zone)) {
                ready += node.ready() == Status.TRUE ? 1 : 0;
                others += node.ready() == Status.TRUE ? 0 : 1;
            }
        }
        double perSecond = NoExecuteRate.perSecond(ready, others);
        if (perSecond == 0) {
            return Long.MAX_VALUE;
        }
        long now = simulation.now();
        long turn = Math.max(now, nextTaintByZone.getOrDefault(zone, now));
        nextTaintByZone.put(zone, turn + (long) (Times.SECOND / perSecond));
        return turn - now;
    }

    private static boolean hasTaint(Node node, NodeHealth health, String effect) {
        return node.taints().contains(health.taint(effect));
    }

    private void write(Node node, NodeHealth health, boolean noExecute) {
        client.patch(
                node.key(),
                stored -> {
                    Node current = (Node) stored;
                    ImmutableList<Taint> taints = taints(current, health, noExecute);
                    return taints.equals(current.taints()) ? current : current.withTaints(taints);
                },
                (written, refused) -> {});
    }

    private static ImmutableList<Taint> taints(Node node, NodeHealth health, boolean noExecute) {
        ImmutableList.Builder<Taint> taints = ImmutableList.builder();
        for (Taint taint : node.taints()) {
            if (!OWN_TAINTS.contains(taint.key())) {
                taints.add(taint);
            }
        }
        Taint noSchedule = health.taint(NO_SCHEDULE);
        if (noSchedule != null) {
            taints.add(noSchedule);
        }
        Taint drives = health.taint(NO_EXECUTE);
        if (drives != null && (noExecute || node.taints().contains(drives))) {
            taints.add(Objects.requireNonNull(drives));
        }
        if (node.unschedulable()) {
            taints.add(new Taint("node.kubernetes.io/unschedulable", "", NO_SCHEDULE));
        }
        return taints.build();
    }
}
