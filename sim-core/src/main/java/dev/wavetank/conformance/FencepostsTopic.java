package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.Fenceposts;
import dev.wavetank.controllers.RollingUpdateValidation;
import dev.wavetank.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code fenceposts}: what maxSurge and maxUnavailable come to, and what the API says about them. */
final class FencepostsTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "fenceposts";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        IntOrString surge = DeploymentBench.intOrString(input.path("maxSurge"));
        IntOrString unavailable = DeploymentBench.intOrString(input.path("maxUnavailable"));
        ObjectNode answer = Json.object();
        Fenceposts fenceposts =
                resolve(surge, unavailable, input.path("replicas").intValue());
        if (fenceposts == null) {
            answer.put("maxSurge", 0).put("maxUnavailable", 0).put("error", true);
        } else {
            answer.put("maxSurge", fenceposts.maxSurge());
            answer.put("maxUnavailable", fenceposts.resolvedMaxUnavailable());
            answer.put("effectiveMaxUnavailable", fenceposts.maxUnavailable());
            answer.put("minAvailable", fenceposts.minAvailable());
            answer.put("maxTotalReplicas", fenceposts.maxTotal());
        }
        List<String> errors = RollingUpdateValidation.errors(surge, unavailable);
        if (!errors.isEmpty()) {
            ArrayNode messages = answer.putArray("apiErrors");
            errors.forEach(messages::add);
        }
        return answer;
    }

    private static @Nullable Fenceposts resolve(
            @Nullable IntOrString surge, @Nullable IntOrString unavailable, int replicas) {
        try {
            return Fenceposts.resolve(surge, unavailable, replicas);
        } catch (IllegalArgumentException notAPercentage) {
            return null;
        }
    }
}
