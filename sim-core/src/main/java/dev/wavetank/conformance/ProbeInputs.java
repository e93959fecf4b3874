package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.model.Probe;
import dev.wavetank.node.ProbeType;
import java.util.Arrays;
import java.util.Locale;

/** Reads what the vectors of pods have in common. */
final class ProbeInputs {

    private ProbeInputs() {}

    static Probe probe(JsonNode json) {
        return new Probe(
                new Probe.Handler.TcpSocket(IntOrString.of(80)),
                json.path("initialDelaySeconds").intValue(),
                json.path("periodSeconds").intValue(),
                1,
                json.path("successThreshold").intValue(),
                json.path("failureThreshold").intValue(),
                null);
    }

    static ProbeType type(String text) {
        return ProbeType.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static RestartPolicy restartPolicy(JsonNode json) {
        return Arrays.stream(RestartPolicy.values())
                .filter(policy -> policy.text().equals(json.textValue()))
                .findFirst()
                .orElseThrow();
    }

    static PodPhase phase(JsonNode json) {
        return Arrays.stream(PodPhase.values())
                .filter(phase -> phase.text().equals(json.textValue()))
                .findFirst()
                .orElseThrow();
    }
}
