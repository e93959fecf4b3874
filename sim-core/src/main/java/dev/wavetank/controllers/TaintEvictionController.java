package dev.wavetank.controllers;

import dev.wavetank.controllers.nodelifecycle.TaintEviction;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Informer;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes pods that do not tolerate a NoExecute taint of their node, or have tolerated it long enough.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/tainteviction.
 */
public final class TaintEvictionController {

    /** A deletion that is to come. */
    private record Due(long since, long at, long timer) {}

    private final Simulation simulation;
    private final ApiClient client;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final Informer<Node> nodes;
    private final Informer<Pod> pods;
    private final Map<String, Due> dueByUid = new LinkedHashMap<>();

    /** A controller that works from now on. */
    public TaintEvictionController(
            Simulation simulation,
            Store store,
            SharedInformers informers,
            Delays delays,
            ControlPlane settings,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.client = settings.controllerClient(simulation, store, delays, "taint-eviction-controller");
        this.events = settings.eventRecorder(simulation, store, "taint-eviction-controller");
        this.decisions = decisions;
        this.nodes = informers.nodes();
        this.pods = informers.pods();
        nodes.onChange(this::onNode);
        pods.onChange(this::onPod);
    }

    private void onNode(@Nullable Node before, @Nullable Node after) {
        if (after == null || (before != null && before.taints().equals(after.taints()))) {
            return;
        }
        boolean concerned = drives(after) || (before != null && drives(before));
        if (concerned) {
            for (Pod pod : pods.list()) {
                if (pod.nodeName().equals(after.name())) {
                    judge(pod, after);
                }
            }
        }
    }

    private static boolean drives(Node node) {
        return node.taints().stream().anyMatch(taint -> taint.effect().equals("NoExecute"));
    }

    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        if (after == null || after.metadata().isBeingDeleted()) {
            Pod gone = after == null ? before : after;
            Due due = gone == null ? null : dueByUid.remove(gone.metadata().uid());
            if (due != null) {
                simulation.cancel(due.timer());
            }
            return;
        }
        boolean arrived = after.isScheduled() && (before == null || !before.isScheduled());
        Node node = arrived ? nodes.get(new ObjectKey(ResourceKind.NODE, "", after.nodeName())) : null;
        if (node != null && drives(node)) {
            judge(after, node);
        }
    }

    private void judge(Pod pod, Node node) {
        if (pod.metadata().isBeingDeleted() || pod.status().phase().isFinal()) {
            return;
        }
        String uid = pod.metadata().uid();
        Due due = dueByUid.get(uid);
        long seconds = TaintEviction.afterSeconds(node.taints(), pod.spec().tolerations());
        if (seconds == TaintEviction.NEVER) {
            if (due != null) {
                dueByUid.remove(uid);
                simulation.cancel(due.timer());
                events.normal(pod, "TaintManagerEviction", "Cancelling deletion of Pod " + name(pod));
            }
            return;
        }
        // a taint that comes later does not put off what an earlier one has set
        long since = due == null ? simulation.now() : due.since();
        long at = Math.max(simulation.now(), since + seconds * Times.SECOND);
        if (due != null) {
            if (due.at() <= at) {
                return;
            }
            simulation.cancel(due.timer());
        }
        decisions.record(
                "TaintEvictionController",
                pod.key(),
                () -> "to be deleted in " + seconds + " s: " + node.name() + " has the taints " + keys(node));
        dueByUid.put(uid, new Due(since, at, simulation.at(at, () -> evict(pod))));
    }

    private static List<String> keys(Node node) {
        return node.taints().stream()
                .filter(taint -> taint.effect().equals("NoExecute"))
                .map(taint -> taint.key() + ":NoExecute")
                .toList();
    }

    private static String name(Pod pod) {
        return pod.metadata().namespace() + "/" + pod.name();
    }

    private void evict(Pod pod) {
        dueByUid.remove(pod.metadata().uid());
        events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + name(pod));
        long now = simulation.now();
        client.patch(
                pod.key(),
                stored -> ((Pod) stored)
                        .withStatus(((Pod) stored)
                                .status()
                                .withCondition(
                                        PodCondition.Type.DISRUPTION_TARGET,
                                        PodCondition.Status.TRUE,
                                        "DeletionByTaintManager",
                                        "Taint manager: deleting due to NoExecute taint",
                                        now)),
                (written, refused) -> {
                    if (refused == null) {
                        client.delete(pod.key(), DeleteOptions.DEFAULT, (deleted, error) -> {});
                    }
                });
    }
}
