package dev.wavetank.network;

/**
 * Where a new connection to a Service port goes, by where it comes from and what it was addressed to.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/iptables/proxier.go syncProxyRules; nftables mode has the same outcomes.
 *
 * @param masquerade the pod sees the node's address instead of the client's
 */
public record TrafficRoute(Target target, boolean masquerade, Reason reason) {

    /** What opens the connection. */
    public enum Source {
        POD,
        NODE,
        /** Anything that is neither a pod of the cluster nor this node. */
        OUTSIDE
    }

    /** Which address of the Service it is opened to. */
    public enum Via {
        CLUSTER_IP,
        NODE_PORT,
        LOAD_BALANCER_IP
    }

    /** What becomes of it. */
    public enum Target {
        CLUSTER_ENDPOINTS,
        LOCAL_ENDPOINTS,
        /** Refused at once. */
        REJECT,
        /** Lost without an answer, so the client waits until it gives up. */
        DROP
    }

    /** Why. */
    public enum Reason {
        NO_ENDPOINTS("the Service has no usable endpoint anywhere"),
        NO_LOCAL_ENDPOINTS("the traffic policy is Local and this node has no usable endpoint, while others have"),
        OTHERS_INSTEAD("the traffic policy is Local, but IPVS takes other nodes' endpoints when this node has none"),
        POLICY_CLUSTER("the traffic policy is Cluster"),
        POLICY_LOCAL("the traffic policy is Local"),
        SHORT_CIRCUIT("it comes from inside the cluster, where externalTrafficPolicy Local does not bind");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as a phrase. */
        public String text() {
            return text;
        }
    }

    /** Decides for one kind of traffic; that a pod reaching itself is masqueraded too is left to the caller. */
    public static TrafficRoute of(Source source, Via via, TrafficPolicies policies, EndpointCategories categories) {
        if (!categories.hasAny()) {
            return new TrafficRoute(Target.REJECT, false, Reason.NO_ENDPOINTS);
        }
        if (via == Via.CLUSTER_IP) {
            // Whatever is not a pod could not be answered directly, as the answer would not pass this node again.
            return byPolicy(policies.internalLocal(), source != Source.POD, source != Source.POD, categories);
        }
        if (policies.externalLocal() && source != Source.OUTSIDE) {
            return new TrafficRoute(Target.CLUSTER_ENDPOINTS, source == Source.NODE, Reason.SHORT_CIRCUIT);
        }
        return byPolicy(policies.externalLocal(), true, false, categories);
    }

    /**
     * Decides for a node in IPVS mode, where each address of the Service has one list of endpoints, whoever connects: what
     * iptables drops goes to other nodes if the Service uses them at all, and is refused otherwise.
     *
     * <p>Source: kubernetes 1.36 pkg/proxy/ipvs/proxier.go syncEndpoint. Whether the source is masqueraded is taken over
     * from iptables and not checked against IPVS.
     */
    public static TrafficRoute inIpvs(Source source, Via via, TrafficPolicies policies, EndpointCategories categories) {
        boolean local = via == Via.CLUSTER_IP ? policies.internalLocal() : policies.externalLocal();
        boolean masquerade = via == Via.CLUSTER_IP ? source != Source.POD : !local;
        if (local && !categories.localEndpoints().isEmpty()) {
            return new TrafficRoute(Target.LOCAL_ENDPOINTS, masquerade, Reason.POLICY_LOCAL);
        }
        if (categories.clusterEndpoints().isEmpty()) {
            return new TrafficRoute(
                    Target.REJECT, false, categories.hasAny() ? Reason.NO_LOCAL_ENDPOINTS : Reason.NO_ENDPOINTS);
        }
        return new TrafficRoute(
                Target.CLUSTER_ENDPOINTS, masquerade, local ? Reason.OTHERS_INSTEAD : Reason.POLICY_CLUSTER);
    }

    private static TrafficRoute byPolicy(
            boolean local, boolean masqueradeToCluster, boolean masqueradeToLocal, EndpointCategories categories) {
        if (!local) {
            return new TrafficRoute(Target.CLUSTER_ENDPOINTS, masqueradeToCluster, Reason.POLICY_CLUSTER);
        }
        return categories.localEndpoints().isEmpty()
                ? new TrafficRoute(Target.DROP, false, Reason.NO_LOCAL_ENDPOINTS)
                : new TrafficRoute(Target.LOCAL_ENDPOINTS, masqueradeToLocal, Reason.POLICY_LOCAL);
    }
}
