package dev.wavetank.node;

import dev.wavetank.model.Resources;

/**
 * Whether a node has room for what a running pod asks for by now.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/allocation/allocation_manager.go canResizePod, KEP-1287.
 *
 * @param outcome what the kubelet does
 * @param message why it cannot, for people; empty if it can
 */
public record ResizeDecision(Outcome outcome, String message) {

    /** What the kubelet does about a resize. */
    public enum Outcome {
        /** It is carried out. */
        PROCEED,
        /** It would fit if others made room, and is tried again when they do. */
        DEFERRED,
        /** It never fits on this node. */
        INFEASIBLE
    }

    /**
     * Decides.
     *
     * @param wanted what the pod requests by now
     * @param current what is set aside for it
     * @param allocatable what the node has for pods
     * @param others what is set aside for all other pods of the node
     */
    public static ResizeDecision of(Resources wanted, Resources current, Resources allocatable, Resources others) {
        if (wanted.cpuMillis() > allocatable.cpuMillis()) {
            return tooLarge("cpu", wanted.cpuMillis(), allocatable.cpuMillis());
        }
        if (wanted.memoryBytes() > allocatable.memoryBytes()) {
            return tooLarge("memory", wanted.memoryBytes(), allocatable.memoryBytes());
        }
        // what shrinks, or stays, always fits
        if (wanted.cpuMillis() > current.cpuMillis()
                && others.cpuMillis() + wanted.cpuMillis() > allocatable.cpuMillis()) {
            return noRoom("cpu", wanted.cpuMillis(), others.cpuMillis(), allocatable.cpuMillis());
        }
        if (wanted.memoryBytes() > current.memoryBytes()
                && others.memoryBytes() + wanted.memoryBytes() > allocatable.memoryBytes()) {
            return noRoom("memory", wanted.memoryBytes(), others.memoryBytes(), allocatable.memoryBytes());
        }
        return new ResizeDecision(Outcome.PROCEED, "");
    }

    private static ResizeDecision tooLarge(String resource, long requested, long capacity) {
        return new ResizeDecision(
                Outcome.INFEASIBLE,
                "Node didn't have enough capacity: " + resource + ", requested: " + requested + ", capacity: "
                        + capacity);
    }

    private static ResizeDecision noRoom(String resource, long requested, long used, long capacity) {
        return new ResizeDecision(
                Outcome.DEFERRED,
                "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity);
    }
}
