package dev.wavetank.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A Service's {@code sessionAffinity} and its timeout.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/defaults.go SetDefaults_Service and pkg/apis/core/validation
 * validateClientIPAffinityConfig.
 */
final class SessionAffinity {

    /** Three hours. */
    static final int DEFAULT_TIMEOUT_SECONDS = 10_800;

    /** A day, which is still allowed. */
    static final int MAX_TIMEOUT_SECONDS = 86_400;

    private static final String AFFINITY = "sessionAffinity";
    private static final String CONFIG = "sessionAffinityConfig";

    private SessionAffinity() {}

    /** Fills in what was left out of a Service's spec. */
    static void applyDefaults(ObjectNode spec) {
        if (spec.path(AFFINITY).asText("").isEmpty()) {
            spec.put(AFFINITY, "None");
        }
        String affinity = spec.path(AFFINITY).asText();
        if (affinity.equals("None")) {
            spec.remove(CONFIG);
        } else if (affinity.equals("ClientIP") && timeout(spec).isMissingNode()) {
            spec.putObject(CONFIG).putObject("clientIP").put("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS);
        }
    }

    /** Adds what is wrong with a spec after defaults. */
    static void validate(JsonNode spec, List<FieldError> errors) {
        String affinity = spec.path(AFFINITY).asText("");
        switch (affinity) {
            case "None" -> {
                if (spec.has(CONFIG)) {
                    errors.add(new FieldError(
                            FieldError.Type.FORBIDDEN,
                            "spec." + CONFIG,
                            "must not be set when sessionAffinity is None"));
                }
            }
            case "ClientIP" -> validateTimeout(timeout(spec), errors);
            case "" -> errors.add(new FieldError(FieldError.Type.REQUIRED, "spec." + AFFINITY, ""));
            default ->
                errors.add(new FieldError(
                        FieldError.Type.NOT_SUPPORTED,
                        "spec." + AFFINITY,
                        "\"" + affinity + "\" is neither ClientIP nor None"));
        }
    }

    private static JsonNode timeout(JsonNode spec) {
        JsonNode timeout = spec.path(CONFIG).path("clientIP").path("timeoutSeconds");
        return timeout.isNull() ? MissingNode.getInstance() : timeout;
    }

    private static void validateTimeout(JsonNode timeout, List<FieldError> errors) {
        String field = "spec." + CONFIG + ".clientIP.timeoutSeconds";
        if (timeout.isMissingNode()) {
            errors.add(new FieldError(FieldError.Type.REQUIRED, field, ""));
        } else if (timeout.asLong() < 1 || timeout.asLong() > MAX_TIMEOUT_SECONDS) {
            errors.add(new FieldError(
                    FieldError.Type.INVALID,
                    field,
                    "must be from 1 to " + MAX_TIMEOUT_SECONDS + ", not " + timeout.asText()));
        }
    }
}
