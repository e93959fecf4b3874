package dev.wavetank.autoscaling;

import dev.wavetank.model.KubernetesObject;

/** Writes the replicas of a workload through its scale subresource, as the controller manager. */
@FunctionalInterface
public interface ScaleWriter {

    /**
     * Writes now.
     *
     * @param workload the workload as stored
     * @throws dev.wavetank.model.ApiException if the write is refused
     */
    void write(KubernetesObject workload, int replicas);
}
