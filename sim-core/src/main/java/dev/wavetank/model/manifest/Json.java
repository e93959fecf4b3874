package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Times;
import dev.wavetank.model.WallClock;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values the way the API does, which mostly means leaving out what is empty. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void text(ObjectNode parent, String name, String text) {
        if (!text.isEmpty()) {
            parent.put(name, text);
        }
    }

    static void number(ObjectNode parent, String name, long number) {
        if (number != 0) {
            integer(parent, name, number);
        }
    }

    static void number(ObjectNode parent, String name, @Nullable Integer number) {
        if (number != null) {
            parent.put(name, number.intValue());
        }
    }

    /** A number as Jackson reads it: an int where it fits, so that written and read trees are equal. */
    static void integer(ObjectNode parent, String name, long number) {
        if ((int) number == number) {
            parent.put(name, (int) number);
        } else {
            parent.put(name, number);
        }
    }

    static void time(ObjectNode parent, String name, long nanos, WallClock clock) {
        if (Times.isSet(nanos)) {
            parent.put(name, clock.text(nanos));
        }
    }

    static void timeOrNull(ObjectNode parent, String name, long nanos, WallClock clock) {
        parent.put(name, Times.isSet(nanos) ? clock.text(nanos) : null);
    }

    static void texts(ObjectNode parent, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode written = parent.putObject(name);
            texts.forEach(written::put);
        }
    }

    static void texts(ObjectNode parent, String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(parent.putArray(name)::add);
        }
    }

    static void intOrString(ObjectNode parent, String name, @Nullable IntOrString value) {
        if (value instanceof IntOrString.Text text) {
            parent.put(name, text.value());
        } else if (value instanceof IntOrString.Int number) {
            parent.put(name, number.value());
        }
    }

    static void selector(ObjectNode written, LabelSelector selector) {
        texts(written, "matchLabels", selector.matchLabels());
        if (!selector.matchExpressions().isEmpty()) {
            ArrayNode expressions = written.putArray("matchExpressions");
            for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
                ObjectNode expression = expressions.addObject();
                expression.put("key", requirement.key());
                expression.put("operator", requirement.operator().text());
                texts(expression, "values", requirement.values());
            }
        }
    }

    /** Sets a field unless there is one. */
    static void absent(ObjectNode parent, String name, String text) {
        if (!parent.has(name)) {
            parent.put(name, text);
        }
    }

    static void absent(ObjectNode parent, String name, int number) {
        if (!parent.has(name)) {
            parent.put(name, number);
        }
    }

    static void absent(ObjectNode parent, String name, boolean bool) {
        if (!parent.has(name)) {
            parent.put(name, bool);
        }
    }

    static void absent(ObjectNode parent, String name, JsonNode value) {
        if (!parent.has(name)) {
            parent.set(name, value);
        }
    }

    /** The object in a field, or an empty one that is not in the tree if there is none. */
    static ObjectNode objectIn(JsonNode parent, String name) {
        return parent.path(name) instanceof ObjectNode object ? object : object();
    }
}
