package dev.wavetank.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules kube-proxy writes for one Service port on one node in iptables mode.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/iptables/proxier.go, syncProxyRules.
 *
 * @param clusterChain spreads over the whole cluster; null if no traffic goes there
 * @param localChain spreads over this node; null if no traffic goes there
 * @param affinitySeconds seconds a client sticks to its endpoint; null without affinity
 */
public record IptablesRules(
        TrafficPolicies policies,
        EndpointCategories categories,
        @Nullable IptablesChain clusterChain,
        @Nullable IptablesChain localChain,
        @Nullable Integer affinitySeconds) {

    public static IptablesRules of(
            TrafficPolicies policies, EndpointCategories categories, @Nullable Integer affinitySeconds) {
        return new IptablesRules(
                policies,
                categories,
                chain(categories.clusterEndpoints(), affinitySeconds),
                chain(categories.localEndpoints(), affinitySeconds),
                affinitySeconds);
    }

    private static @Nullable IptablesChain chain(List<ProxyEndpoint> endpoints, @Nullable Integer affinitySeconds) {
        return endpoints.isEmpty() ? null : IptablesChain.of(endpoints, affinitySeconds != null);
    }

    /** Where a new connection goes. */
    public TrafficRoute route(TrafficRoute.Source source, TrafficRoute.Via via) {
        return TrafficRoute.of(source, via, policies, categories);
    }
}
