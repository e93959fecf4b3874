package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.Times;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the workload vectors write times, optional figures and conditions. */
final class WorkloadJson {

    private WorkloadJson() {}

    /** An instant in milliseconds as one in nanoseconds; absent is {@link Times#NONE}. */
    static long instant(JsonNode milliseconds) {
        return milliseconds.isNumber() ? milliseconds.longValue() * Times.MILLISECOND : Times.NONE;
    }

    static long milliseconds(long nanos) {
        return Math.floorDiv(nanos, Times.MILLISECOND);
    }

    static @Nullable Integer optionalInt(JsonNode value) {
        return value.isNumber() ? (Integer) value.intValue() : null;
    }

    static @Nullable String optionalText(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }

    static ImmutableList<WorkloadCondition> conditions(JsonNode conditions) {
        ImmutableList.Builder<WorkloadCondition> read = ImmutableList.builder();
        for (JsonNode condition : conditions) {
            read.add(new WorkloadCondition(
                    condition.path("type").asText(),
                    status(condition.path("status").asText()),
                    condition.path("reason").asText(),
                    condition.path("message").asText(),
                    instant(condition.path("lastUpdateMs")),
                    instant(condition.path("lastTransitionMs"))));
        }
        return read.build();
    }

    private static PodCondition.Status status(String text) {
        for (PodCondition.Status status : PodCondition.Status.values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("no such condition status: " + text);
    }

    static ArrayNode written(List<WorkloadCondition> conditions) {
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        for (WorkloadCondition condition : conditions) {
            ObjectNode one = written.addObject();
            one.put("type", condition.type());
            one.put("status", condition.status().text());
            one.put("reason", condition.reason());
            putUnlessEmpty(one, "message", condition.message());
            if (Times.isSet(condition.lastUpdateTime())) {
                one.put("lastUpdateMs", milliseconds(condition.lastUpdateTime()));
            }
            if (Times.isSet(condition.lastTransitionTime())) {
                one.put("lastTransitionMs", milliseconds(condition.lastTransitionTime()));
            }
        }
        return written;
    }

    static void putUnlessEmpty(ObjectNode into, String field, String text) {
        if (!text.isEmpty()) {
            into.put(field, text);
        }
    }

    /** The vectors leave out figures that are 0. */
    static void putUnlessZero(ObjectNode into, String field, long figure) {
        if (figure != 0) {
            into.put(field, figure);
        }
    }
}
