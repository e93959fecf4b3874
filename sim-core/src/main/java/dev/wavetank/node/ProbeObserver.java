package dev.wavetank.node;

import dev.wavetank.model.Pod;

/**
 * Told of every attempt a kubelet makes at a probe, as it ends. The kubelet's own metric of the same facts is {@code
 * prober_probe_total}.
 */
@FunctionalInterface
public interface ProbeObserver {

    /**
     * An attempt ended, and was counted.
     *
     * @param container the container's name
     * @param succeeded as the probe takes it: a warning counts as a success
     */
    void probed(Pod pod, String container, ProbeType type, boolean succeeded);
}
