package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.SlowStart;

/** {@code slow-start}: the batches in which pods are created, with calls that start to fail at some point. */
final class SlowStartTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "slow-start";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        int works = input.path("callsBeforeFailure").intValue();
        ObjectNode answer = Json.object();
        ArrayNode batches = answer.putArray("batches");
        int calls = 0;
        SlowStart run = SlowStart.of(
                input.path("count").intValue(), input.path("initialBatchSize").intValue());
        while (!run.isDone()) {
            int batch = run.batch();
            batches.add(batch);
            run = run.after(failures(calls, batch, works));
            calls += batch;
        }
        answer.put("calls", calls);
        answer.put("successes", run.successes());
        answer.put("error", run.failed());
        return answer;
    }

    /** How many calls of a batch fail if {@code calls} were made before it and only the first {@code works} of all work. */
    static int failures(int calls, int batch, int works) {
        return Math.min(batch, Math.max(0, calls + batch - works));
    }
}
