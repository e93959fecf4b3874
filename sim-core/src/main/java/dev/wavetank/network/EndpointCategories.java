package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which endpoints of a Service port one node uses for what.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/topology.go, CategorizeEndpoints.
 *
 * @param clusterEndpoints for traffic that may go to any node; empty if there is none such
 * @param localEndpoints for traffic that has to stay on this node; empty if there is none such
 * @param allReachable the endpoints of either list, in the order of their texts
 * @param hasAny false if there is nowhere in the cluster to send anything: then traffic is rejected, not dropped
 * @param clusterReason how {@code clusterEndpoints} were chosen
 * @param localReason how {@code localEndpoints} were chosen
 */
public record EndpointCategories(
        ImmutableList<ProxyEndpoint> clusterEndpoints,
        ImmutableList<ProxyEndpoint> localEndpoints,
        ImmutableList<ProxyEndpoint> allReachable,
        boolean hasAny,
        Reason clusterReason,
        Reason localReason) {

    /** How a list was chosen. */
    public enum Reason {
        NOT_USED("no traffic policy of the Service uses this list"),
        ALL_READY("all ready endpoints"),
        SAME_NODE("every ready endpoint is hinted at nodes, one of them at this node"),
        SAME_ZONE("every ready endpoint is hinted at zones, one of them at this node's zone"),
        TERMINATING("no endpoint is ready, so those on their way out that still serve are used"),
        NONE("no endpoint is ready, and none on its way out still serves");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as a phrase. */
        public String text() {
            return text;
        }
    }

    /**
     * Sorts endpoints into the two lists.
     *
     * @param endpoints all endpoints of the port, in the order of their texts
     * @param nodeName this node
     * @param zone its zone; empty if it has none
     */
    public static EndpointCategories of(
            List<ProxyEndpoint> endpoints, TrafficPolicies policies, String nodeName, String zone) {
        Reason clusterReason = clusterReason(endpoints, policies, nodeName, zone);
        Reason localReason = localReason(endpoints, policies);
        ImmutableList<ProxyEndpoint> cluster = select(endpoints, clusterReason, nodeName, zone);
        ImmutableList<ProxyEndpoint> local = localReason == Reason.NOT_USED
                ? ImmutableList.of()
                : select(endpoints.stream().filter(ProxyEndpoint::local).toList(), localReason, nodeName, zone);
        boolean usableSomewhere = policies.usesLocalEndpoints()
                && any(endpoints, endpoint -> endpoint.ready() || endpoint.servesWhileTerminating());
        return new EndpointCategories(
                cluster,
                local,
                union(cluster, local),
                !cluster.isEmpty() || usableSomewhere,
                clusterReason,
                localReason);
    }

    private static Reason clusterReason(
            List<ProxyEndpoint> endpoints, TrafficPolicies policies, String nodeName, String zone) {
        if (!policies.usesClusterEndpoints()) {
            return Reason.NOT_USED;
        }
        if (!any(endpoints, ProxyEndpoint::ready)) {
            return fallback(endpoints);
        }
        if (hintsApply(endpoints, nodeName, ProxyEndpoint::forNodes)) {
            return Reason.SAME_NODE;
        }
        return hintsApply(endpoints, zone, ProxyEndpoint::forZones) ? Reason.SAME_ZONE : Reason.ALL_READY;
    }

    private static Reason localReason(List<ProxyEndpoint> endpoints, TrafficPolicies policies) {
        if (!policies.usesLocalEndpoints()) {
            return Reason.NOT_USED;
        }
        return any(endpoints, endpoint -> endpoint.local() && endpoint.ready())
                ? Reason.ALL_READY
                : fallback(endpoints.stream().filter(ProxyEndpoint::local).toList());
    }

    private static Reason fallback(List<ProxyEndpoint> endpoints) {
        return any(endpoints, ProxyEndpoint::servesWhileTerminating) ? Reason.TERMINATING : Reason.NONE;
    }

    /** One ready endpoint without a hint, and hints are not followed at all; nor if that left this node without any. */
    private static boolean hintsApply(
            List<ProxyEndpoint> endpoints, String place, Function<ProxyEndpoint, List<String>> hints) {
        boolean oneForThisPlace = false;
        for (ProxyEndpoint endpoint : endpoints) {
            if (endpoint.ready()) {
                List<String> hinted = hints.apply(endpoint);
                if (hinted.isEmpty()) {
                    return false;
                }
                oneForThisPlace |= hinted.contains(place);
            }
        }
        return oneForThisPlace;
    }

    private static ImmutableList<ProxyEndpoint> select(
            List<ProxyEndpoint> endpoints, Reason reason, String nodeName, String zone) {
        return switch (reason) {
            case NOT_USED, NONE -> ImmutableList.of();
            case ALL_READY -> filter(endpoints, ProxyEndpoint::ready);
            case SAME_NODE ->
                filter(
                        endpoints,
                        endpoint -> endpoint.ready() && endpoint.forNodes().contains(nodeName));
            case SAME_ZONE ->
                filter(
                        endpoints,
                        endpoint -> endpoint.ready() && endpoint.forZones().contains(zone));
            case TERMINATING -> filter(endpoints, ProxyEndpoint::servesWhileTerminating);
        };
    }

    private static ImmutableList<ProxyEndpoint> union(
            ImmutableList<ProxyEndpoint> cluster, ImmutableList<ProxyEndpoint> local) {
        if (local.isEmpty()) {
            return cluster;
        }
        if (cluster.isEmpty()) {
            return local;
        }
        Map<String, ProxyEndpoint> byText = new TreeMap<>();
        cluster.forEach(endpoint -> byText.put(endpoint.text(), endpoint));
        local.forEach(endpoint -> byText.put(endpoint.text(), endpoint));
        return ImmutableList.copyOf(byText.values());
    }

    private static ImmutableList<ProxyEndpoint> filter(
            List<ProxyEndpoint> endpoints, Predicate<ProxyEndpoint> condition) {
        return endpoints.stream().filter(condition).collect(ImmutableList.toImmutableList());
    }

    private static boolean any(List<ProxyEndpoint> endpoints, Predicate<ProxyEndpoint> condition) {
        return endpoints.stream().anyMatch(condition);
    }
}
