package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a workload, sorted by what their metrics are worth to the autoscaler.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/replica_calculator.go, groupPods.
 *
 * @param readyPodCount pods whose metric counts
 * @param unready pods that are still starting, by name: their metric is dropped, and they count as idle when scaling up
 * @param missing pods without a metric, by name: filled in against the direction of the change
 * @param ignored pods that are going or gone, by name: as if they were not there
 */
public record PodGroups(int readyPodCount, List<String> unready, List<String> missing, List<String> ignored) {

    static final String CPU = "cpu";

    /**
     * Sorts the pods; the first rule that fits decides. Readiness is asked for CPU only: a starting pod burns CPU that says nothing about
     * load, while its memory is as real as any other.
     *
     * @param metrics values by pod name
     * @param resource the resource the metric is of, or null if it is not one
     * @param now the sync's instant in nanoseconds
     */
    public static PodGroups of(
            List<HpaPod> pods,
            Map<String, PodMetric> metrics,
            @Nullable String resource,
            HpaOptions options,
            long now) {
        List<String> unready = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        int ready = 0;
        for (HpaPod pod : pods) {
            PodMetric metric = metrics.get(pod.name());
            if (pod.deleting() || pod.phase() == HpaPod.Phase.FAILED) {
                ignored.add(pod.name());
            } else if (pod.phase() == HpaPod.Phase.PENDING) {
                unready.add(pod.name());
            } else if (metric == null) {
                missing.add(pod.name());
            } else if (CPU.equals(resource) && isStarting(pod, metric, options, now)) {
                unready.add(pod.name());
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, List.copyOf(unready), List.copyOf(missing), List.copyOf(ignored));
    }

    /**
     * A young pod's sample counts only once the pod is ready and the whole sample lies after it became so. An old pod's sample counts
     * unless the pod has never been ready: one that turned unready under load must not be taken for idle.
     */
    private static boolean isStarting(HpaPod pod, PodMetric metric, HpaOptions options, long now) {
        HpaPod.Ready ready = pod.ready();
        Long startTime = pod.startTime();
        if (ready == null || startTime == null) {
            return true;
        }
        boolean isUnready = ready.status() == HpaPod.Status.FALSE;
        if (startTime + options.cpuInitializationNanos() > now) {
            return isUnready || metric.timestamp() < ready.lastTransitionTime() + metric.windowNanos();
        }
        return isUnready && startTime + options.initialReadinessDelayNanos() > ready.lastTransitionTime();
    }
}
