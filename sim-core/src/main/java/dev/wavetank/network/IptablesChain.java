package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chain that spreads the connections to one Service port over a list of endpoints, {@code KUBE-SVC-…} or {@code
 * KUBE-SVL-…}: with affinity, first one rule per endpoint that asks whether it knows the client, then one statistic rule
 * per endpoint.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/iptables/proxier.go, writeServiceToEndpointRules.
 *
 * @param rules in the order in which they are tried
 * @param affinityCheckOrder endpoints asked first, in this order; empty without affinity
 */
public record IptablesChain(ImmutableList<Rule> rules, ImmutableList<ProxyEndpoint> affinityCheckOrder) {

    /**
     * One statistic rule.
     *
     * @param probability the text after {@code --probability}; null for the last rule, which matches always
     */
    public record Rule(ProxyEndpoint endpoint, @Nullable String probability) {}

    static IptablesChain of(List<ProxyEndpoint> endpoints, boolean affinity) {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int i = 0; i < endpoints.size(); i++) {
            int left = endpoints.size() - i;
            rules.add(new Rule(endpoints.get(i), left == 1 ? null : Probability.text(left)));
        }
        return new IptablesChain(rules.build(), affinity ? ImmutableList.copyOf(endpoints) : ImmutableList.of());
    }
}
