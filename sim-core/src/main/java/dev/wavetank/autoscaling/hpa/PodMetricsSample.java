package dev.wavetank.autoscaling.hpa;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.metrics.PodMetrics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pod's entry in the answer of the resource metrics API.
 *
 * @param pod the pod's name
 * @param timestamp end of the sample's window in nanoseconds
 * @param windowNanos its length
 * @param containers use of each container listed
 */
public record PodMetricsSample(String pod, long timestamp, long windowNanos, List<ContainerUsage> containers) {

    /**
     * What one container uses.
     *
     * @param name the container's name
     * @param usageMilli use by resource name, in thousandths
     */
    public record ContainerUsage(String name, Map<String, Long> usageMilli) {
        public ContainerUsage {
            usageMilli = ImmutableMap.copyOf(usageMilli);
        }
    }

    public PodMetricsSample {
        containers = List.copyOf(containers);
    }

    /** What metrics-server serves, as it comes over the wire: instants in whole seconds, CPU rounded up to thousandths. */
    public static PodMetricsSample of(PodMetrics served) {
        long timestamp = Math.floorDiv(served.timestamp(), HpaOptions.SECOND_NANOS) * HpaOptions.SECOND_NANOS;
        List<ContainerUsage> containers = served.containers().stream()
                .map(container -> new ContainerUsage(
                        container.name(),
                        ImmutableMap.of(
                                PodGroups.CPU, container.cpuMillicores(), "memory", container.memoryBytes() * 1000)))
                .toList();
        return new PodMetricsSample(served.pod(), timestamp, served.windowNanos(), containers);
    }

    /** The pod's use of a resource, or null if some container lists none: half a pod is no measurement. */
    @Nullable
    PodMetric ofPod(String resource) {
        long sum = 0;
        for (ContainerUsage container : containers) {
            Long usage = container.usageMilli().get(resource);
            if (usage == null) {
                return null;
            }
            sum += usage;
        }
        return containers.isEmpty() ? null : new PodMetric(sum, timestamp, windowNanos);
    }

    /**
     * One container's use of a resource, or null if it lists none.
     *
     * @throws MetricException if the container is not there at all
     */
    @Nullable
    PodMetric ofContainer(String container, String resource, String namespace) throws MetricException {
        for (ContainerUsage candidate : containers) {
            if (candidate.name().equals(container)) {
                Long usage = candidate.usageMilli().get(resource);
                return usage == null ? null : new PodMetric(usage, timestamp, windowNanos);
            }
        }
        throw new MetricException("failed to get container metrics: container " + container
                + " not present in metrics for pod " + namespace + "/" + pod);
    }
}
