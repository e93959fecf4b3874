package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;

/**
 * How near to its client a Service wants its traffic to stay, {@code spec.trafficDistribution}.
 *
 * <p>Source: kubernetes 1.36 staging/src/k8s.io/endpointslice/trafficdist.
 */
public enum TrafficDistribution {
    ANYWHERE,
    PREFER_SAME_ZONE,
    PREFER_SAME_NODE;

    /** Reads the API's text; {@code PreferClose} is the older name of {@code PreferSameZone}, anything else means anywhere. */
    public static TrafficDistribution named(String text) {
        return switch (text) {
            case "PreferClose", "PreferSameZone" -> PREFER_SAME_ZONE;
            case "PreferSameNode" -> PREFER_SAME_NODE;
            default -> ANYWHERE;
        };
    }

    /** The zones a ready endpoint in this zone is meant to serve; an endpoint without a zone is hinted at none. */
    ImmutableList<String> hintedZones(String zone) {
        return this == ANYWHERE || zone.isEmpty() ? ImmutableList.of() : ImmutableList.of(zone);
    }

    /** The nodes a ready endpoint on this node is meant to serve. */
    ImmutableList<String> hintedNodes(String nodeName) {
        return this != PREFER_SAME_NODE || nodeName.isEmpty() ? ImmutableList.of() : ImmutableList.of(nodeName);
    }
}
