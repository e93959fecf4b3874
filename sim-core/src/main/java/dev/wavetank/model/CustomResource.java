package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reading and writing the parts of objects that are kept as JSON, as the custom resources of operators are. */
public final class CustomResource {

    private CustomResource() {}

    public static JsonNode spec(KeptObject object) {
        return object.source().path("spec");
    }

    public static JsonNode status(KeptObject object) {
        return object.source().path("status");
    }

    /** A copy of the status to change and hand to {@link #withStatus}; empty if there is none yet. */
    public static ObjectNode statusToChange(KeptObject object) {
        return status(object) instanceof ObjectNode status ? status.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    /** The same object with another status; itself if that is the one it has. */
    public static KeptObject withStatus(KeptObject object, ObjectNode status) {
        if (status(object).equals(status) || !(object.source() instanceof ObjectNode source)) {
            return object;
        }
        // the spec is shared: nobody changes what an object in the store consists of
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        changed.setAll(source);
        changed.set("status", status);
        return new KeptObject(object.kind(), object.metadata(), changed);
    }

    /** A new object made by a controller. */
    public static KeptObject create(ResourceKind kind, ObjectMeta metadata, ObjectNode spec) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("apiVersion", kind.apiVersion());
        source.put("kind", kind.kind());
        source.putObject("metadata").put("name", metadata.name()).put("namespace", metadata.namespace());
        source.set("spec", spec);
        return new KeptObject(kind, metadata, source);
    }

    /** A condition of a status by its type; null if it is not there. */
    public static @Nullable JsonNode condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** The status of a condition, {@code True}, {@code False} or {@code Unknown}; empty if it is not there. */
    public static String conditionStatus(JsonNode status, String type) {
        JsonNode condition = condition(status, type);
        return condition == null ? "" : condition.path("status").asText();
    }

    /**
     * Sets a condition; the time of its last transition is kept where its status stays.
     *
     * @param now the instant of the change
     */
    public static void setCondition(
            ObjectNode status, String type, String value, String reason, String message, long now) {
        ArrayNode conditions =
                status.path("conditions") instanceof ArrayNode known ? known : status.putArray("conditions");
        ObjectNode found = null;
        for (JsonNode condition : conditions) {
            if (condition.path("type").asText().equals(type)) {
                found = (ObjectNode) condition;
            }
        }
        ObjectNode condition = found == null ? conditions.addObject().put("type", type) : found;
        boolean turned = !condition.path("status").asText().equals(value);
        condition.put("status", value);
        if (turned) {
            condition.put("lastTransitionTime", time(now));
        }
        put(condition, "reason", reason);
        put(condition, "message", message);
    }

    /** Removes a condition if it is there. */
    public static void removeCondition(ObjectNode status, String type) {
        if (status.path("conditions") instanceof ArrayNode conditions) {
            for (int i = conditions.size() - 1; i >= 0; i--) {
                if (conditions.get(i).path("type").asText().equals(type)) {
                    conditions.remove(i);
                }
            }
        }
    }

    private static void put(ObjectNode object, String name, String text) {
        if (text.isEmpty()) {
            object.remove(name);
        } else {
            object.put(name, text);
        }
    }

    /** An instant as the API writes it, in whole seconds. */
    public static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, Times.SECOND)).toString();
    }

    /** The instant of a text that {@link #time} has written; {@link Times#NONE} if there is none. */
    public static long time(JsonNode text) {
        return text.isTextual() ? Instant.parse(text.asText()).getEpochSecond() * Times.SECOND : Times.NONE;
    }
}
