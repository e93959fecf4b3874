package dev.wavetank.controllers;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Store;

/**
 * Settings of the control plane, with Kubernetes' defaults.
 *
 * @param controllerQps requests a second each controller may send in the long run; 0 lifts the limit
 * @param controllerBurst requests each controller may send at once
 * @param schedulerQps requests a second the scheduler may send in the long run; 0 lifts the limit
 * @param schedulerBurst requests the scheduler may send at once
 * @param victimOrder which pods a shrinking ReplicaSet deletes first
 * @param endpointSliceUpdatesBatchNanos how long the EndpointSlice controller waits after a change of a pod for others to
 *     come, {@code --endpointslice-updates-batch-period}; 0 not at all
 */
public record ControlPlane(
        int controllerQps,
        int controllerBurst,
        int schedulerQps,
        int schedulerBurst,
        VictimOrder victimOrder,
        long endpointSliceUpdatesBatchNanos) {

    /** As 1.36 comes. */
    public static final ControlPlane STANDARD = new ControlPlane(20, 30, 50, 100, VictimOrder.KUBERNETES, 0);

    /** The same with no limit to the requests of controllers and scheduler. */
    public ControlPlane withoutLimits() {
        return new ControlPlane(0, 1, 0, 1, victimOrder, endpointSliceUpdatesBatchNanos);
    }

    public ControlPlane withVictimOrder(VictimOrder victimOrder) {
        return new ControlPlane(
                controllerQps,
                controllerBurst,
                schedulerQps,
                schedulerBurst,
                victimOrder,
                endpointSliceUpdatesBatchNanos);
    }

    public ControlPlane withEndpointSliceUpdatesBatch(long nanos) {
        return new ControlPlane(controllerQps, controllerBurst, schedulerQps, schedulerBurst, victimOrder, nanos);
    }

    ApiClient controllerClient(Simulation simulation, Store store, Delays delays, String name) {
        return new ApiClient(simulation, store, delays.of(Delay.API_REQUEST), name, controllerQps, controllerBurst);
    }

    ApiClient schedulerClient(Simulation simulation, Store store, Delays delays) {
        return new ApiClient(
                simulation, store, delays.of(Delay.API_REQUEST), "scheduler", schedulerQps, schedulerBurst);
    }
}
