package dev.wavetank.node;

import dev.wavetank.model.Pod;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops all containers of a pod: main containers at the same time, sidecars after them in reverse order.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go killContainersWithSyncResult,
 * kuberuntime_termination_order.go.
 */
final class Termination {

    private final List<ContainerStop> stops = new ArrayList<>();
    private final List<ContainerSlot> slots;
    private final boolean[] gone;
    private final Runnable onStopped;
    private final long wishedSeconds;
    private long graceSeconds;
    private int left;

    /**
     * Begins now.
     *
     * @param slots in the order of the spec, init containers first
     * @param overrideSeconds the grace the kubelet itself gives; null if it leaves that to the pod
     * @param onStopped runs once the last container has ended
     */
    Termination(
            Kubelet kubelet, Pod pod, List<ContainerSlot> slots, @Nullable Long overrideSeconds, Runnable onStopped) {
        this.slots = slots;
        this.onStopped = onStopped;
        wishedSeconds = pod.spec().terminationGracePeriodSeconds();
        Long granted = pod.metadata().isBeingDeleted() ? pod.metadata().deletionGracePeriodSeconds() : null;
        graceSeconds = EffectiveGrace.settle(0, granted, overrideSeconds, wishedSeconds)
                .seconds();
        left = slots.size();
        gone = new boolean[slots.size()];
        for (ContainerSlot slot : slots) {
            if (slot.server() != null) {
                kubelet.record(pod, slot.fieldPath(), "Normal", "Killing", "Stopping container " + slot.name());
                kubelet.explain(pod, () -> plan(slot, graceSeconds));
            }
            boolean sidecar = slot.role() == Role.SIDECAR;
            stops.add(new ContainerStop(kubelet, pod, slot, new ContainerKill(graceSeconds), sidecar));
        }
        for (int i = 0; i < slots.size(); i++) {
            int position = i;
            gone[i] = slots.get(i).server() == null;
            stops.get(i).begin(() -> ended(position));
        }
        releaseSidecars();
    }

    /** What is about to happen to a container, and what that means for requests. */
    private static String plan(ContainerSlot slot, long graceSeconds) {
        String stop = "stops container " + slot.name() + " within " + graceSeconds + " s: ";
        return stop
                + (slot.container().lifecycle().preStop() == null
                        ? "it has no preStop hook, so SIGTERM goes out now, at the same time as the news to the"
                                + " EndpointSlice. Until kube-proxy's next sync its rules still lead here: requests that"
                                + " arrive after the process has closed its port are refused"
                        : "the preStop hook runs first, and SIGTERM waits for it. In that time kube-proxy takes the pod"
                                + " out of its rules; requests that arrive meanwhile are still answered");
    }

    private void ended(int position) {
        gone[position] = true;
        releaseSidecars();
        if (--left == 0) {
            onStopped.run();
        }
    }

    /** A sidecar may go once all main containers and all sidecars after it have. */
    private void releaseSidecars() {
        boolean allGone = true;
        for (int i = slots.size() - 1; i >= 0; i--) {
            if (slots.get(i).role() == Role.SIDECAR && allGone) {
                stops.get(i).othersGone();
            }
            allGone &= gone[i] || slots.get(i).role() == Role.INIT;
        }
    }

    /** The API server grants this much now; only less has an effect. */
    void granted(long deletionGracePeriodSeconds) {
        EffectiveGrace settled = EffectiveGrace.settle(graceSeconds, deletionGracePeriodSeconds, null, wishedSeconds);
        graceSeconds = settled.seconds();
        if (settled.shortened()) {
            stops.forEach(stop -> stop.shorten(graceSeconds));
        }
    }
}
