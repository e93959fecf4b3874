package dev.wavetank.autoscaling.metrics;

import java.util.List;

/**
 * One pod's entry in the answer of the resource metrics API.
 *
 * @param pod the pod, by the key it was stored under
 * @param timestamp end of the earliest of its containers' samples, in nanoseconds
 * @param windowNanos length of that sample
 * @param containers use of each container
 */
public record PodMetrics(String pod, long timestamp, long windowNanos, List<ContainerMetrics> containers) {

    /**
     * What one container uses.
     *
     * @param name the container's name
     * @param cpuNanocores CPU, in billionths of a core
     * @param memoryBytes working set
     */
    public record ContainerMetrics(String name, long cpuNanocores, long memoryBytes) {

        /** CPU in thousandths of a core, rounded up as quantities are. */
        public long cpuMillicores() {
            return Math.floorDiv(cpuNanocores + 999_999, 1_000_000L);
        }
    }

    public PodMetrics {
        containers = List.copyOf(containers);
    }
}
