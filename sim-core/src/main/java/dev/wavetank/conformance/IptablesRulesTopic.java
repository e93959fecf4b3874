package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.network.EndpointCategories;
import dev.wavetank.network.EndpointUnion;
import dev.wavetank.network.IptablesChain;
import dev.wavetank.network.IptablesRules;
import dev.wavetank.network.ProxyEndpoint;
import dev.wavetank.network.TrafficPolicies;
import dev.wavetank.network.TrafficRoute;
import org.jspecify.annotations.Nullable;

/** The chains of a Service port, and where each kind of traffic goes. */
final class IptablesRulesTopic extends ServiceTopic {

    IptablesRulesTopic() {
        super("iptables-rules");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        TrafficPolicies policies = new TrafficPolicies(
                input.path("internalTrafficPolicy").asText().equals("Local"),
                input.path("externalTrafficPolicy").asText("").equals("Local"),
                !input.path("type").asText().equals("ClusterIP"));
        EndpointUnion union = new EndpointUnion();
        int targetPort = input.path("targetPort").asInt();
        input.path("endpoints").forEach(endpoint -> union.add(endpoint(endpoint, targetPort)));
        JsonNode timeout = input.path("clientIPTimeoutSeconds");
        IptablesRules rules = IptablesRules.of(
                policies,
                EndpointCategories.of(union.sorted(), policies, "test-node", ""),
                timeout.isInt() ? timeout.asInt() : null);

        ObjectNode answer = Json.object();
        answer.set("clusterChain", chain(rules.clusterChain()));
        answer.set("localChain", chain(rules.localChain()));
        IptablesChain first = rules.clusterChain() != null ? rules.clusterChain() : rules.localChain();
        if (first != null && !first.affinityCheckOrder().isEmpty()) {
            answer.put("affinitySeconds", String.valueOf(rules.affinitySeconds()));
            answer.set(
                    "affinityCheckOrder",
                    array(first.affinityCheckOrder().stream()
                            .map(ProxyEndpoint::text)
                            .toList()));
        }
        answer.set("paths", paths(rules, input.path("type").asText()));
        return answer;
    }

    private static ProxyEndpoint endpoint(JsonNode json, int port) {
        String state = json.path("state").asText();
        boolean terminating = state.equals("servingTerminating") || state.equals("terminating");
        return new ProxyEndpoint(
                ProxyEndpoint.text(json.path("ip").asText(), port),
                "",
                state.equals("ready"),
                state.equals("ready") || state.equals("servingTerminating"),
                terminating,
                json.path("local").asBoolean(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static JsonNode chain(@Nullable IptablesChain chain) {
        if (chain == null) {
            return Json.MAPPER.nullNode();
        }
        ArrayNode rules = Json.MAPPER.createArrayNode();
        for (IptablesChain.Rule rule : chain.rules()) {
            rules.addArray().add(rule.endpoint().text()).add(rule.probability());
        }
        return rules;
    }

    private static ObjectNode paths(IptablesRules rules, String type) {
        ObjectNode paths = Json.object();
        put(paths, "podToClusterIP", rules.route(TrafficRoute.Source.POD, TrafficRoute.Via.CLUSTER_IP));
        put(paths, "nodeToClusterIP", rules.route(TrafficRoute.Source.NODE, TrafficRoute.Via.CLUSTER_IP));
        if (!type.equals("ClusterIP")) {
            put(paths, "outsideToNodePort", rules.route(TrafficRoute.Source.OUTSIDE, TrafficRoute.Via.NODE_PORT));
            put(paths, "nodeToNodePort", rules.route(TrafficRoute.Source.NODE, TrafficRoute.Via.NODE_PORT));
            put(paths, "podToNodePort", rules.route(TrafficRoute.Source.POD, TrafficRoute.Via.NODE_PORT));
        }
        if (type.equals("LoadBalancer")) {
            TrafficRoute.Via via = TrafficRoute.Via.LOAD_BALANCER_IP;
            put(paths, "outsideToLoadBalancerIP", rules.route(TrafficRoute.Source.OUTSIDE, via));
            put(paths, "podToLoadBalancerIP", rules.route(TrafficRoute.Source.POD, via));
        }
        return paths;
    }

    private static void put(ObjectNode paths, String name, TrafficRoute route) {
        String to = switch (route.target()) {
            case CLUSTER_ENDPOINTS -> "clusterChain";
            case LOCAL_ENDPOINTS -> "localChain";
            case REJECT -> "REJECT";
            case DROP -> "DROP";
        };
        paths.putObject(name).put("to", to).put("masquerade", route.masquerade());
    }
}
