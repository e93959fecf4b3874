package dev.wavetank.controllers;

import dev.wavetank.model.ReplicaSet;

/**
 * A decision to give a ReplicaSet a size.
 *
 * @param replicas the size it is to have; may be the one it has
 * @param reason one line on why
 */
public record Resize(ReplicaSet replicaSet, int replicas, String reason) {

    boolean isChange() {
        return replicas != replicaSet.replicas();
    }
}
