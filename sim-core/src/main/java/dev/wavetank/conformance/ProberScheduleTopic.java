package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All probe workers of one container in time, in a closed loop: the syncs too must come out as recorded. */
final class ProberScheduleTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "prober-schedule";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        return new ProbedPodRun(input).run();
    }

    @Override
    public boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        ObjectNode whole = expected.deepCopy();
        whole.set("syncs", input.get("syncs"));
        return Json.same(whole, got);
    }
}
