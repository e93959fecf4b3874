package dev.wavetank.model;

import com.google.common.collect.ImmutableList;

/**
 * One pod behind a Service, as an EndpointSlice lists it.
 *
 * @param address the pod's IP
 * @param targetPod the pod's name; empty for endpoints that somebody wrote by hand
 * @param ready may be sent new connections
 * @param serving passes its readiness probe, on its way out or not
 * @param terminating asked to go
 * @param nodeName the node it runs on
 * @param zone the zone of that node; empty if it has none
 * @param forZones zones it is meant to serve, as topology hints say; usually empty
 * @param forNodes nodes it is meant to serve, as topology hints say; usually empty
 */
public record Endpoint(
        String address,
        String targetPod,
        boolean ready,
        boolean serving,
        boolean terminating,
        String nodeName,
        String zone,
        ImmutableList<String> forZones,
        ImmutableList<String> forNodes) {

    public static Endpoint of(
            String address, String targetPod, boolean ready, boolean serving, boolean terminating, String nodeName) {
        return new Endpoint(
                address, targetPod, ready, serving, terminating, nodeName, "", ImmutableList.of(), ImmutableList.of());
    }
}
