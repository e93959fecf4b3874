package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live pod of one controller, as the updater sees it.
 *
 * @param name pod name
 * @param pending true in phase Pending, false in phase Running
 * @param ageNanos time since {@code status.startTime}, or null while that is not set
 * @param containers its containers that the VPA observes, with the requests in force
 * @param oomKilledAfterNanos how long the shortest-lived container instance ran whose last termination was an OOM kill; null if
 *     there is none
 * @param resize the condition that tells of a resize under way, or null
 */
public record UpdatablePod(
        String name,
        boolean pending,
        @Nullable Long ageNanos,
        List<ContainerResources> containers,
        @Nullable Long oomKilledAfterNanos,
        @Nullable ResizeCondition resize) {

    public UpdatablePod {
        containers = ImmutableList.copyOf(containers);
    }
}
