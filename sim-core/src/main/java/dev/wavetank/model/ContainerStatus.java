package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * What the kubelet reports of one container.
 *
 * @param lastState how its previous run ended, if it has had one
 * @param started true once running and past its startup probe
 * @param restartCount containers created after the first
 * @param resources what is in force, if that is not simply what the spec has always said
 */
public record ContainerStatus(
        String name,
        ContainerState state,
        @Nullable ContainerState lastState,
        boolean ready,
        boolean started,
        int restartCount,
        QosClass.@Nullable Claim resources) {

    /** The status of a container that has never been resized. */
    public ContainerStatus(
            String name,
            ContainerState state,
            @Nullable ContainerState lastState,
            boolean ready,
            boolean started,
            int restartCount) {
        this(name, state, lastState, ready, started, restartCount, null);
    }
}
