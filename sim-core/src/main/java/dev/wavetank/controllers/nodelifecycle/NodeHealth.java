package dev.wavetank.controllers.nodelifecycle;

import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Times;
import org.jspecify.annotations.Nullable;

/**
 * What is held of a node: what its kubelet says while it is heard from, and unknown once it is not.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/nodelifecycle/node_lifecycle_controller.go.
 */
public enum NodeHealth {
    READY(Status.TRUE, ""),
    /** The kubelet itself says so. */
    NOT_READY(Status.FALSE, "node.kubernetes.io/not-ready"),
    /** The kubelet has been silent for too long. */
    UNREACHABLE(Status.UNKNOWN, "node.kubernetes.io/unreachable");

    /** How often the kubelet renews its lease, in nanoseconds. */
    public static final long HEARTBEAT_PERIOD = 10 * Times.SECOND;

    /** How often the controller looks, in nanoseconds. */
    public static final long MONITOR_PERIOD = 5 * Times.SECOND;

    /** Silence after which a node counts as unreachable, in nanoseconds: --node-monitor-grace-period. */
    public static final long GRACE_PERIOD = 50 * Times.SECOND;

    /** The same for a node that was never heard from, counted from its creation. */
    public static final long STARTUP_GRACE_PERIOD = 60 * Times.SECOND;

    /** The message of a condition that became Unknown; its reason is NodeStatusUnknown. */
    public static final String UNKNOWN_MESSAGE = "Kubelet stopped posting node status.";

    private final Status ready;
    private final String taintKey;

    NodeHealth(Status ready, String taintKey) {
        this.ready = ready;
        this.taintKey = taintKey;
    }

    /**
     * Judges a node at one look.
     *
     * @param lastHeartbeat when its lease or status was last seen renewed, {@link Times#NONE} if never
     * @param createdAt when the node was created
     * @param saysReady what its kubelet last said of itself
     */
    public static NodeHealth at(long now, long lastHeartbeat, long createdAt, boolean saysReady) {
        boolean heard = Times.isSet(lastHeartbeat);
        long silence = now - (heard ? lastHeartbeat : createdAt);
        if (silence > (heard ? GRACE_PERIOD : STARTUP_GRACE_PERIOD)) {
            return UNREACHABLE;
        }
        return saysReady ? READY : NOT_READY;
    }

    /** The node's Ready condition. */
    public Status ready() {
        return ready;
    }

    /** The taint that keeps pods off such a node, NoSchedule, or drives them from it, NoExecute; null if it is well. */
    public @Nullable Taint taint(String effect) {
        return taintKey.isEmpty() ? null : new Taint(taintKey, "", effect);
    }
}
