package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WallClock;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The times in the status of simulated custom resources: their controllers write them into JSON themselves, as if the
 * simulation began with 1970 (see {@link dev.wavetank.model.CustomResource#time(long)}), and clients see them as the clock has
 * them.
 */
final class ControllerTimes {

    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

    private final UnaryOperator<String> shown;
    private final UnaryOperator<String> stored;

    private ControllerTimes(UnaryOperator<String> shown, UnaryOperator<String> stored) {
        this.shown = shown;
        this.stored = stored;
    }

    static ControllerTimes of(ResourceKind kind, WallClock clock) {
        boolean simulated = CustomResources.of(kind.apiVersion(), kind.kind()) != null;
        return simulated && !clock.equals(WallClock.FROM_1970)
                ? new ControllerTimes(
                        text -> clock.text(WallClock.FROM_1970.nanos(text)),
                        text -> WallClock.FROM_1970.text(clock.nanos(text)))
                : new ControllerTimes(text -> text, text -> text);
    }

    JsonNode shown(JsonNode status) {
        return changed(status, shown);
    }

    JsonNode stored(JsonNode status) {
        return changed(status, stored);
    }

    private static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(changed(entry.getValue(), change));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, changed(array.get(i), change));
            }
        } else if (node.isTextual() && TIME.matcher(node.asText()).matches()) {
            try {
                return com.fasterxml.jackson.databind.node.TextNode.valueOf(change.apply(node.asText()));
            } catch (IllegalArgumentException noTime) {
                return node;
            }
        }
        return node;
    }
}
