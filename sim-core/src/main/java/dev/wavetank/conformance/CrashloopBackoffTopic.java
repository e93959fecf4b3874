package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Times;
import dev.wavetank.node.CrashLoopBackOff;

/** Start attempts of a container that keeps stopping. */
final class CrashloopBackoffTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "crashloop-backoff";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        CrashLoopBackOff backOff = new CrashLoopBackOff(
                new CrashLoopBackOff.Limits(nanos(input.get("initialBackoffMs")), nanos(input.get("maxBackoffMs"))));
        ObjectNode answer = Json.object();
        ArrayNode attempts = answer.putArray("startAttempts");
        for (JsonNode start : input.get("startAttempts")) {
            CrashLoopBackOff.Attempt attempt =
                    backOff.attempt(nanos(start.get("atMs")), nanos(start.get("previousExitMs")));
            ObjectNode out = attempts.addObject().put("inBackoff", attempt.refused());
            if (attempt.refused()) {
                out.put("backoffMs", attempt.backOffNanos() / Times.MILLISECOND);
                out.put("backoffExpiresMs", attempt.retryAt() / Times.MILLISECOND);
            } else {
                out.put("nextBackoffMs", attempt.backOffNanos() / Times.MILLISECOND);
            }
        }
        return answer;
    }

    private static long nanos(JsonNode millis) {
        return millis.longValue() * Times.MILLISECOND;
    }
}
