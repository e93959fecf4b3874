package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.WallClock;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;

/** Writes and reads the conditions of workloads. */
final class Conditions {

    private Conditions() {}

    static void write(ObjectNode status, List<WorkloadCondition> conditions, WallClock clock) {
        if (conditions.isEmpty()) {
            return;
        }
        ArrayNode written = status.putArray("conditions");
        for (WorkloadCondition condition : conditions) {
            ObjectNode one = written.addObject();
            one.put("type", condition.type());
            one.put("status", condition.status().text());
            Json.time(one, "lastUpdateTime", condition.lastUpdateTime(), clock);
            Json.time(one, "lastTransitionTime", condition.lastTransitionTime(), clock);
            Json.text(one, "reason", condition.reason());
            Json.text(one, "message", condition.message());
        }
    }

    static ImmutableList<WorkloadCondition> read(Field status, WallClock clock) {
        return status.get("conditions").elements().stream()
                .map(condition -> new WorkloadCondition(
                        condition.get("type").text(""),
                        status(condition),
                        condition.get("reason").text(""),
                        condition.get("message").text(""),
                        Read.time(condition.get("lastUpdateTime"), clock),
                        Read.time(condition.get("lastTransitionTime"), clock)))
                .collect(ImmutableList.toImmutableList());
    }

    static Status status(Field condition) {
        return condition.get("status").choice(Status.UNKNOWN, List.of(Status.values()), Status::text);
    }
}
