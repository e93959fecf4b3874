package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings what is in force in a running pod to what its spec says by now, as {@link ResizeDecision} allows: changes the
 * limits of running processes, and restarts containers whose {@code resizePolicy} asks for that.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/allocation and kuberuntime_manager.go doPodResizeAction.
 */
final class PodResizer {

    /** The pod whose containers are resized. */
    interface Host {
        Pod pod();

        List<ContainerSlot> slots();

        /** Changes the pod's status and sends it. */
        void report(UnaryOperator<PodStatus> change);

        /** Stops a container, to be started again. */
        void restart(ContainerSlot slot);
    }

    private final Kubelet kubelet;
    private final Host host;
    private boolean waiting;

    PodResizer(Kubelet kubelet, Host host) {
        this.kubelet = kubelet;
        this.host = host;
    }

    /** What is set aside for the pod. */
    Resources allocated() {
        Map<String, QosClass.Claim> claims = new LinkedHashMap<>();
        host.slots().forEach(slot -> claims.put(slot.name(), slot.container().claim()));
        return host.pod()
                .spec()
                .requests(container ->
                        claims.getOrDefault(container.name(), container.claim()).requests());
    }

    /** The node may have room now that it had not before. */
    void tryAgain() {
        if (waiting) {
            resize();
        }
    }

    /** The spec says something else than is in force, perhaps. */
    void resize() {
        waiting = false;
        Pod pod = host.pod();
        List<Container> changed = changed(pod);
        if (changed.isEmpty()) {
            host.report(PodResizer::settled);
            return;
        }
        ResizeDecision decision = ResizeDecision.of(
                pod.spec().requests(), allocated(), kubelet.allocatable(), kubelet.allocatedToOthers(pod));
        kubelet.explain(
                pod,
                () -> "resize to " + text(pod.spec().requests()) + " from " + text(allocated()) + ": "
                        + switch (decision.outcome()) {
                            case PROCEED -> "carried out";
                            case DEFERRED -> "deferred. " + decision.message();
                            case INFEASIBLE -> "infeasible. " + decision.message();
                        });
        switch (decision.outcome()) {
            case PROCEED -> begin(pod, changed);
            case DEFERRED -> {
                waiting = true;
                refuse(pod, "Deferred", decision.message());
            }
            case INFEASIBLE -> refuse(pod, "Infeasible", decision.message());
        }
    }

    private static String text(Resources resources) {
        return resources.cpuMillis() + "m/" + (resources.memoryBytes() >> 20) + "Mi";
    }

    private List<Container> changed(Pod pod) {
        List<Container> changed = new ArrayList<>();
        for (ContainerSlot slot : host.slots()) {
            for (Container wanted : pod.spec().containers()) {
                if (wanted.name().equals(slot.name())
                        && !wanted.claim().equals(slot.container().claim())) {
                    changed.add(wanted);
                }
            }
        }
        return changed;
    }

    private void refuse(Pod pod, String reason, String message) {
        long now = kubelet.simulation().now();
        host.report(status -> status.withoutCondition(PodCondition.Type.POD_RESIZE_IN_PROGRESS)
                .withCondition(PodCondition.Type.POD_RESIZE_PENDING, PodCondition.Status.TRUE, reason, message, now));
        kubelet.record(pod, "", "Warning", "Resize" + reason, "Pod resize " + reason + ": " + message);
    }

    /** From here on the room is the pod's; that the kernel knows of it takes a moment. */
    private void begin(Pod pod, List<Container> changed) {
        Map<ContainerSlot, Container> before = new LinkedHashMap<>();
        for (ContainerSlot slot : host.slots()) {
            changed.stream()
                    .filter(container -> container.name().equals(slot.name()))
                    .forEach(container -> before.put(slot, container));
        }
        long now = kubelet.simulation().now();
        host.report(status -> status.withoutCondition(PodCondition.Type.POD_RESIZE_PENDING)
                .withCondition(PodCondition.Type.POD_RESIZE_IN_PROGRESS, PodCondition.Status.TRUE, "", "", now));
        kubelet.record(
                pod,
                "",
                "Normal",
                "ResizeStarted",
                "Pod resize started: " + text(pod.spec().requests()));
        kubelet.after(kubelet.delay(Delay.RUNTIME_START), () -> carryOut(pod, before));
    }

    private void carryOut(Pod pod, Map<ContainerSlot, Container> changes) {
        for (Map.Entry<ContainerSlot, Container> change : changes.entrySet()) {
            ContainerSlot slot = change.getKey();
            Container wanted = change.getValue();
            boolean cpu = differs(slot.container(), wanted, true);
            boolean memory = differs(slot.container(), wanted, false);
            boolean restart = (cpu && pod.spec().restartsOnResize(slot.name(), "cpu"))
                    || (memory && pod.spec().restartsOnResize(slot.name(), "memory"));
            long limit = wanted.limits().memoryBytes();
            long used = slot.server() == null || restart ? 0 : slot.memoryBytes();
            if (limit > 0 && used > limit) {
                fail(pod, slot, used, limit);
                return;
            }
            slot.resize(wanted);
            if (restart) {
                host.restart(slot);
            }
        }
        host.report(PodResizer::settled);
        kubelet.record(
                pod,
                "",
                "Normal",
                "ResizeCompleted",
                "Pod resize completed: " + text(pod.spec().requests()));
        if (!changed(host.pod()).isEmpty()) {
            resize();
        }
        kubelet.roomHasChanged();
    }

    private static boolean differs(Container before, Container after, boolean cpu) {
        return cpu
                ? before.requests().cpuMillis() != after.requests().cpuMillis()
                        || before.limits().cpuMillis() != after.limits().cpuMillis()
                : before.requests().memoryBytes() != after.requests().memoryBytes()
                        || before.limits().memoryBytes() != after.limits().memoryBytes();
    }

    private void fail(Pod pod, ContainerSlot slot, long used, long limit) {
        String message = "attempting to set container " + slot.name() + " memory limit (" + limit
                + ") below its current usage (" + used + ")";
        long now = kubelet.simulation().now();
        host.report(status -> status.withCondition(
                PodCondition.Type.POD_RESIZE_IN_PROGRESS, PodCondition.Status.TRUE, "Error", message, now));
        kubelet.record(pod, "", "Warning", "ResizeError", "Pod resize error: " + message);
    }

    private static PodStatus settled(PodStatus status) {
        return status.withoutCondition(PodCondition.Type.POD_RESIZE_PENDING)
                .withoutCondition(PodCondition.Type.POD_RESIZE_IN_PROGRESS);
    }
}
