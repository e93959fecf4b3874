package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.network.EndpointCategories;
import dev.wavetank.network.ProxyEndpoint;
import dev.wavetank.network.TrafficPolicies;
import java.util.ArrayList;
import java.util.List;

/** Which endpoints a node uses for cluster-wide and for local traffic. */
final class CategorizeEndpointsTopic extends ServiceTopic {

    CategorizeEndpointsTopic() {
        super("categorize-endpoints");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        JsonNode service = input.path("service");
        TrafficPolicies policies = new TrafficPolicies(
                service.path("internalTrafficPolicyLocal").asBoolean(),
                service.path("externalTrafficPolicyLocal").asBoolean(),
                service.path("hasNodePort").asBoolean()
                        || service.path("hasLoadBalancerIP").asBoolean());
        List<ProxyEndpoint> endpoints = new ArrayList<>();
        input.path("endpoints").forEach(endpoint -> endpoints.add(endpoint(endpoint)));
        EndpointCategories categories = EndpointCategories.of(
                endpoints,
                policies,
                input.path("nodeName").asText(),
                input.path("nodeZone").asText());

        // Where Go has a nil slice the file has null: a list that no policy uses, or for which there was no input, and
        // a
        // local list that stays empty. What is reachable is nil where all lists it is made of are.
        JsonNode cluster = endpoints.isEmpty() || !policies.usesClusterEndpoints()
                ? JsonNodeFactory.instance.nullNode()
                : list(categories.clusterEndpoints());
        JsonNode local = categories.localEndpoints().isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : list(categories.localEndpoints());
        ObjectNode answer = Json.object();
        answer.set("clusterEndpoints", cluster);
        answer.set("localEndpoints", local);
        answer.set(
                "allReachableSorted", cluster.isNull() && local.isNull() ? cluster : list(categories.allReachable()));
        return answer.put("hasAnyEndpoints", categories.hasAny());
    }

    private static JsonNode list(List<ProxyEndpoint> endpoints) {
        return array(endpoints.stream().map(ProxyEndpoint::text).toList());
    }

    private static ProxyEndpoint endpoint(JsonNode json) {
        return new ProxyEndpoint(
                json.path("ep").asText(),
                "",
                json.path("ready").asBoolean(),
                json.path("serving").asBoolean(),
                json.path("terminating").asBoolean(),
                json.path("local").asBoolean(),
                texts(json.path("forZones")),
                texts(json.path("forNodes")));
    }
}
