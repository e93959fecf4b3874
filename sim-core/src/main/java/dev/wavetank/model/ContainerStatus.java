package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * What the kubelet reports of one container.
 *
 * @param lastState how its previous run ended, if it has had one
 * @param started true once running and past its startup probe
 * @param restartCount containers created after the first
 */
public record ContainerStatus(
        String name,
        ContainerState state,
        @Nullable ContainerState lastState,
        boolean ready,
        boolean started,
        int restartCount) {}
