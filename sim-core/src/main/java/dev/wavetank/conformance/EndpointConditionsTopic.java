package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.endpoints.EndpointConditions;
import dev.wavetank.controllers.endpoints.IpFamily;
import dev.wavetank.controllers.endpoints.PodFacts;
import dev.wavetank.controllers.endpoints.TrafficDistribution;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.PodPhase;
import java.util.Arrays;

/** Whether a selected pod is listed, per address family, and with which conditions and hints. */
final class EndpointConditionsTopic extends ServiceTopic {

    /** The name of the Service in all cases. */
    private static final String SERVICE = "svc";

    EndpointConditionsTopic() {
        super("endpoint-conditions");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode byFamily = Json.object();
        boolean retry = false;
        for (IpFamily family : IpFamily.values()) {
            if (texts(input.path("ipFamilies")).contains(family.text())) {
                EndpointConditions.Verdict verdict = EndpointConditions.of(
                        pod(input),
                        SERVICE,
                        input.path("publishNotReadyAddresses").asBoolean(),
                        TrafficDistribution.named(
                                input.path("trafficDistribution").asText("")),
                        family);
                byFamily.set(family.text(), listed(verdict));
                retry |= verdict.retry();
            }
        }
        ObjectNode answer = Json.object();
        answer.set("endpointsByAddressType", byFamily);
        answer.put("headlessLabel", input.path("headless").asBoolean());
        return answer.put("reconcileReturnsErrorAndRetries", retry);
    }

    private static PodFacts pod(JsonNode input) {
        String phase = input.path("phase").asText();
        return new PodFacts(
                "pod-0",
                Arrays.stream(PodPhase.values())
                        .filter(known -> known.text().equals(phase))
                        .findFirst()
                        .orElseThrow(),
                input.path("readyCondition").asText().equals("True"),
                input.path("deletionTimestampSet").asBoolean(),
                texts(input.path("podIPs")),
                input.path("nodeName").asText(),
                input.path("nodeExists").asBoolean(),
                input.path("nodeZone").asText(""),
                input.path("hostname").asText(""),
                input.path("subdomain").asText(""));
    }

    private static ArrayNode listed(EndpointConditions.Verdict verdict) {
        ArrayNode endpoints = Json.MAPPER.createArrayNode();
        Endpoint endpoint = verdict.endpoint();
        if (endpoint == null) {
            return endpoints;
        }
        ObjectNode json = endpoints.addObject();
        json.putArray("addresses").add(endpoint.address());
        json.put("ready", endpoint.ready());
        json.put("serving", endpoint.serving());
        json.put("terminating", endpoint.terminating());
        putUnlessEmpty(json, "nodeName", endpoint.nodeName());
        putUnlessEmpty(json, "zone", endpoint.zone());
        putUnlessEmpty(json, "hostname", verdict.hostname());
        if (!endpoint.forZones().isEmpty()) {
            json.set("hintForZones", array(endpoint.forZones()));
        }
        if (!endpoint.forNodes().isEmpty()) {
            json.set("hintForNodes", array(endpoint.forNodes()));
        }
        return endpoints;
    }

    private static void putUnlessEmpty(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }
}
