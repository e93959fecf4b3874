package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.knative.AutoscalerConfig;
import dev.wavetank.autoscaling.knative.RevisionConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what Knative's vector files have in common. */
final class KnativeJson {

    static final long MILLI_NANOS = 1_000_000;

    private KnativeJson() {}

    static AutoscalerConfig config(JsonNode input) {
        return AutoscalerConfig.of(texts(input.path("config")));
    }

    static RevisionConfig revision(JsonNode input, AutoscalerConfig config) {
        return RevisionConfig.resolve(
                input.path("containerConcurrency").intValue(),
                texts(input.path("annotations")),
                !input.path("unreachable").booleanValue(),
                config);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
