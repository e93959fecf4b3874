package dev.wavetank.autoscaling.hpa;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the autoscaler sees it.
 *
 * @param name name in its namespace
 * @param labels its labels
 * @param phase {@code status.phase}
 * @param deleting true once it has a deletionTimestamp
 * @param startTime {@code status.startTime} in nanoseconds, if set
 * @param ready its Ready condition, if it has one
 * @param containers its containers
 * @param initContainers its init containers, in order
 * @param podRequestsMilli requests set for the pod as a whole, by resource; empty if it sets none
 * @param overheadMilli {@code spec.overhead}, by resource
 */
public record HpaPod(
        String name,
        Map<String, String> labels,
        Phase phase,
        boolean deleting,
        @Nullable Long startTime,
        @Nullable Ready ready,
        List<HpaContainer> containers,
        List<HpaContainer> initContainers,
        Map<String, Long> podRequestsMilli,
        Map<String, Long> overheadMilli) {

    /** {@code status.phase}; UNKNOWN stands for an empty one too. */
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }

    /** Status of a condition. */
    public enum Status {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /**
     * The Ready condition.
     *
     * @param status whether the pod is ready
     * @param lastTransitionTime when the status last changed, in nanoseconds
     */
    public record Ready(Status status, long lastTransitionTime) {}

    public HpaPod {
        labels = ImmutableMap.copyOf(labels);
        containers = List.copyOf(containers);
        initContainers = List.copyOf(initContainers);
        podRequestsMilli = ImmutableMap.copyOf(podRequestsMilli);
        overheadMilli = ImmutableMap.copyOf(overheadMilli);
    }

    /** Running and ready; terminating pods are not left out. */
    boolean isRunningAndReady() {
        return phase == Phase.RUNNING && ready != null && ready.status() == Status.TRUE;
    }
}
