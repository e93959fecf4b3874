package dev.wavetank.node;

import dev.wavetank.model.Pod;
import java.util.ArrayList;
import java.util.List;

/** Stops all containers of a pod that was asked to go, all at the same time. */
final class Termination {

    private final List<ContainerStop> stops = new ArrayList<>();
    private final long wishedSeconds;
    private long graceSeconds;
    private int left;

    /** Begins now; {@code onStopped} runs once the last container has ended. */
    Termination(Kubelet kubelet, Pod pod, List<ContainerSlot> slots, Runnable onStopped) {
        wishedSeconds = pod.spec().terminationGracePeriodSeconds();
        graceSeconds = EffectiveGrace.settle(0, pod.metadata().deletionGracePeriodSeconds(), null, wishedSeconds)
                .seconds();
        left = slots.size();
        for (ContainerSlot slot : slots) {
            if (slot.server() != null) {
                slot.event(
                        kubelet,
                        pod,
                        "Normal",
                        "Killing",
                        "Stopping container " + slot.container().name());
            }
            stops.add(new ContainerStop(kubelet.simulation(), slot, new ContainerKill(graceSeconds), () -> {
                if (--left == 0) {
                    onStopped.run();
                }
            }));
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
