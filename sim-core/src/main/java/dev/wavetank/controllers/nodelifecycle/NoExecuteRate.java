package dev.wavetank.controllers.nodelifecycle;

/**
 * How many nodes of a zone may be given NoExecute taints per second: fewer when so many fail at once that the fault is
 * more likely in the network.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/nodelifecycle, ComputeZoneState, ReducedQPSFunc.
 */
public final class NoExecuteRate {

    private static final double NORMAL = 0.1;
    private static final double REDUCED = 0.01;
    private static final double UNHEALTHY_SHARE = 0.55;
    private static final int UNHEALTHY_AT_LEAST = 3;
    private static final int LARGE_ZONE_ABOVE = 50;

    private NoExecuteRate() {}

    /** Nodes per second; 0 stops it. A zone that is down altogether goes on at the normal rate if others are well. */
    public static double perSecond(int readyNodes, int otherNodes) {
        int nodes = readyNodes + otherNodes;
        boolean disrupted = readyNodes > 0
                && otherNodes >= UNHEALTHY_AT_LEAST
                && (float) otherNodes / nodes >= (float) UNHEALTHY_SHARE;
        if (!disrupted) {
            return NORMAL;
        }
        return nodes > LARGE_ZONE_ABOVE ? REDUCED : 0;
    }
}
