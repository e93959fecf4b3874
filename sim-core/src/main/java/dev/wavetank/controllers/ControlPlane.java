package dev.wavetank.controllers;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.EventRecorder;
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
 * @param correlateEvents thin events out as real components do, instead of keeping each so that counting them counts what
 *     happened
 */
public record ControlPlane(
        int controllerQps,
        int controllerBurst,
        int schedulerQps,
        int schedulerBurst,
        VictimOrder victimOrder,
        long endpointSliceUpdatesBatchNanos,
        boolean correlateEvents) {

    /** As 1.36 comes. */
    public static final ControlPlane STANDARD = new ControlPlane(20, 30, 50, 100, VictimOrder.KUBERNETES, 0, false);

    /** The same with no limit to the requests of controllers and scheduler. */
    public ControlPlane withoutLimits() {
        return new ControlPlane(0, 1, 0, 1, victimOrder, endpointSliceUpdatesBatchNanos, correlateEvents);
    }

    public ControlPlane withVictimOrder(VictimOrder victimOrder) {
        return new ControlPlane(
                controllerQps,
                controllerBurst,
                schedulerQps,
                schedulerBurst,
                victimOrder,
                endpointSliceUpdatesBatchNanos,
                correlateEvents);
    }

    public ControlPlane withEndpointSliceUpdatesBatch(long nanos) {
        return new ControlPlane(
                controllerQps, controllerBurst, schedulerQps, schedulerBurst, victimOrder, nanos, correlateEvents);
    }

    public ControlPlane withCorrelatedEvents(boolean correlateEvents) {
        return new ControlPlane(
                controllerQps,
                controllerBurst,
                schedulerQps,
                schedulerBurst,
                victimOrder,
                endpointSliceUpdatesBatchNanos,
                correlateEvents);
    }

    /** What a component says its events with. */
    public EventRecorder eventRecorder(Simulation simulation, Store store, String component) {
        return new EventRecorder(simulation, store, component, correlateEvents);
    }

    /** What a controller of the controller manager sends its requests with. */
    public ApiClient controllerClient(Simulation simulation, Store store, Delays delays, String name) {
        return new ApiClient(simulation, store, delays.of(Delay.API_REQUEST), name, controllerQps, controllerBurst);
    }

    ApiClient schedulerClient(Simulation simulation, Store store, Delays delays) {
        return new ApiClient(
                simulation, store, delays.of(Delay.API_REQUEST), "scheduler", schedulerQps, schedulerBurst);
    }
}
