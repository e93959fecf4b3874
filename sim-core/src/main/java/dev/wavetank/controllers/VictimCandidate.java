package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Times;
import org.jspecify.annotations.Nullable;

/**
 * A pod with everything a victim order looks at, worked out once per selection rather than once per comparison.
 *
 * @param rank active pods of the same workload on the pod's node, see {@link PodsPerNode}; 0 if there is no workload
 * @param deletionCost what {@value #DELETION_COST} says, 0 if it says nothing sensible
 * @param readyTime when readiness last changed, or {@link Times#NONE}
 * @param readyBucket the {@link #bucket} of that instant
 * @param restarts the highest restart count among its regular containers
 * @param sidecarRestarts the same among its restartable init containers; ordinary init containers never count
 * @param creationBucket the {@link #bucket} of its creation
 */
public record VictimCandidate(
        Pod pod,
        int rank,
        int deletionCost,
        boolean ready,
        long readyTime,
        int readyBucket,
        int restarts,
        int sidecarRestarts,
        int creationBucket) {

    /** The annotation by which a user asks for a pod to go sooner (lower) or later (higher). */
    public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    static VictimCandidate of(Pod pod, int rank, long now) {
        long readyTime = pod.readyTransitionTime();
        return new VictimCandidate(
                pod,
                rank,
                deletionCost(pod.metadata().annotation(DELETION_COST)),
                pod.isReady(),
                readyTime,
                bucket(readyTime, now),
                mostRestarts(pod.status().containerStatuses()),
                sidecarRestarts(pod),
                bucket(pod.metadata().creationTimestamp(), now));
    }

    public String name() {
        return pod.name();
    }

    /** Where the pod's phase stands: lower goes first. An unset phase counts as Pending. */
    int phaseRank() {
        PodPhase phase = pod.status().phase();
        return switch (phase) {
            case UNKNOWN -> 1;
            case RUNNING -> 2;
            case PENDING, SUCCEEDED, FAILED -> 0;
        };
    }

    long creationTime() {
        return pod.metadata().creationTimestamp();
    }

    /**
     * The power of two an age falls into, in nanoseconds: 0 for 1 ns, 30 from 1.07 s, 31 from 2.15 s and so on; -1 for an
     * instant that is now, to come, or not set. Ages in one bucket count as the same age.
     *
     * <p>Source: kubernetes 1.36 pkg/controller/controller_utils.go, logarithmicRankDiff; the bit length here and the
     * floating logarithm there part only within nanoseconds of a border.
     */
    static int bucket(long instant, long now) {
        long age = Times.isSet(instant) ? now - instant : 0;
        return age <= 0 ? -1 : Long.SIZE - 1 - Long.numberOfLeadingZeros(age);
    }

    /**
     * A cost is a 32-bit decimal without a plus sign or leading zeros; every other text counts as 0.
     *
     * <p>Source: kubernetes 1.36 pkg/apis/core/helper GetDeletionCostFromPodAnnotations.
     */
    static int deletionCost(@Nullable String text) {
        if (text == null || !text.matches("0|-[0-9]+|[1-9][0-9]*")) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException tooLarge) {
            return 0;
        }
    }

    private static int mostRestarts(ImmutableList<ContainerStatus> statuses) {
        int most = 0;
        for (ContainerStatus status : statuses) {
            most = Math.max(most, status.restartCount());
        }
        return most;
    }

    private static int sidecarRestarts(Pod pod) {
        int most = 0;
        for (Container init : pod.spec().initContainers()) {
            if (init.sidecar()) {
                for (ContainerStatus status : pod.status().initContainerStatuses()) {
                    if (status.name().equals(init.name())) {
                        most = Math.max(most, status.restartCount());
                    }
                }
            }
        }
        return most;
    }
}
