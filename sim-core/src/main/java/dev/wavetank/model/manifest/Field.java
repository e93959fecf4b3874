package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value in a tree, with the place it is at: reads it as a type, and where that cannot be, says so and goes on with the
 * fallback, so that one pass finds every mistake.
 *
 * <p>Every name asked for is remembered, so that names nobody asked for can be reported.
 */
public final class Field {

    private final JsonNode node;
    private final String pointer;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();

    private Field(JsonNode node, String pointer, Findings findings) {
        this.node = node;
        this.pointer = pointer;
        this.findings = findings;
    }

    public static Field root(JsonNode tree, Findings findings) {
        return new Field(tree, "", findings);
    }

    /** A tree that stands at a place inside another. */
    public static Field at(JsonNode tree, String pointer, Findings findings) {
        return new Field(tree, pointer, findings);
    }

    public JsonNode node() {
        return node;
    }

    public String pointer() {
        return pointer;
    }

    public Findings findings() {
        return findings;
    }

    /** The name of this field in the object it is in; empty for the root. */
    public String name() {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** True if there is a value here, null not counting as one. */
    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    public void problem(String message, String cure) {
        findings.problem(pointer, message, cure);
    }

    /** The field of that name; absent if this is no object, which is a mistake. */
    public Field get(String name) {
        asked.add(name);
        if (isPresent() && !node.isObject()) {
            return new Field(MissingNode.getInstance(), pointer, findings);
        }
        return new Field(node.path(name), pointer + "/" + escaped(name), findings);
    }

    /** Complains unless there is an object here; absence is fine. */
    public Field expectObject() {
        if (isPresent() && !node.isObject()) {
            wrongType("an object");
        }
        return this;
    }

    /** Complains unless there is a value here. */
    public Field required(String cure) {
        if (!isPresent()) {
            findings.problem(parentPointer(), name() + " is missing", cure);
        }
        return this;
    }

    public String text(String fallback) {
        if (!isPresent()) {
            return fallback;
        }
        if (!node.isTextual()) {
            wrongType("text");
            return fallback;
        }
        return node.asText();
    }

    public boolean bool(boolean fallback) {
        if (!isPresent()) {
            return fallback;
        }
        if (!node.isBoolean()) {
            wrongType("true or false");
            return fallback;
        }
        return node.asBoolean();
    }

    /** A whole number of at least {@code least}. */
    public int integer(int fallback, int least) {
        return (int) longInteger(fallback, least, Integer.MAX_VALUE);
    }

    public long longInteger(long fallback, long least, long most) {
        if (!isPresent()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            wrongType("a whole number");
            return fallback;
        }
        long value = node.asLong();
        if (value < least || value > most) {
            problem(
                    name() + " is " + value + ", which is " + (value < least ? "below " + least : "above " + most),
                    "Give a number from " + least + (most >= Integer.MAX_VALUE ? " up" : " to " + most) + ".");
            return fallback;
        }
        return value;
    }

    /** A whole number, or null if absent. */
    public @Nullable Integer integerOrNull(int least) {
        return isPresent() ? Integer.valueOf(integer(least, least)) : null;
    }

    public double number(double fallback) {
        if (!isPresent()) {
            return fallback;
        }
        if (!node.isNumber()) {
            wrongType("a number");
            return fallback;
        }
        return node.asDouble();
    }

    /** One of a closed list of words. */
    public <E> E choice(E fallback, Collection<E> choices, Function<E, String> text) {
        if (!isPresent()) {
            return fallback;
        }
        String written = text("");
        for (E choice : choices) {
            if (text.apply(choice).equals(written)) {
                return choice;
            }
        }
        problem(
                name() + " is \"" + node.asText() + "\", which is not one of its values",
                Suggestion.sentence(written, choices.stream().map(text).toList()));
        return fallback;
    }

    /** Reads the text with a function that throws IllegalArgumentException on what it does not understand. */
    public <T> T parsed(T fallback, Function<String, T> parser) {
        if (!isPresent()) {
            return fallback;
        }
        if (!node.isValueNode()) {
            wrongType("text");
            return fallback;
        }
        try {
            return parser.apply(node.asText());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int cure = message.indexOf("; ");
            problem(
                    name() + ": " + (cure < 0 ? message : message.substring(0, cure)),
                    cure < 0 ? "See the documentation of " + name() + "." : sentence(message.substring(cure + 2)));
            return fallback;
        }
    }

    public ImmutableMap<String, String> stringMap() {
        ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
        if (!isPresent()) {
            return map.buildOrThrow();
        }
        if (!node.isObject()) {
            wrongType("an object of texts");
            return map.buildOrThrow();
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Field value = get(entry.getKey());
            if (entry.getValue().isTextual()) {
                map.put(entry.getKey(), entry.getValue().asText());
            } else {
                value.problem(
                        entry.getKey() + " must be text, but is " + describe(entry.getValue()),
                        "Put it in quotes: \"" + entry.getValue().asText() + "\".");
            }
        }
        return map.buildOrThrow();
    }

    public List<Field> elements() {
        List<Field> elements = new ArrayList<>();
        if (!isPresent()) {
            return elements;
        }
        if (!node.isArray()) {
            wrongType("a list");
            return elements;
        }
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Field(node.get(i), pointer + "/" + i, findings));
        }
        return elements;
    }

    /** The fields of an object whose names are free, in the order in which they are written. */
    public List<Field> entries() {
        List<Field> entries = new ArrayList<>();
        if (isPresent() && !node.isObject()) {
            wrongType("an object");
            return entries;
        }
        if (isPresent()) {
            node.fieldNames().forEachRemaining(name -> entries.add(get(name)));
        }
        return entries;
    }

    /** Complains of every field that was never asked for. */
    public void noOthers() {
        noOthers(asked);
    }

    /** As {@link #noOthers()}, with the names to offer instead. */
    public void noOthers(Collection<String> known) {
        for (String name : unasked()) {
            findings.problem(
                    pointer + "/" + escaped(name), "unknown key \"" + name + "\"", Suggestion.sentence(name, known));
        }
    }

    /** The names that were asked for so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The names here that were never asked for. */
    public List<String> unasked() {
        List<String> names = new ArrayList<>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> {
                if (!asked.contains(name)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    public void wrongType(String wanted) {
        problem(name() + " must be " + wanted + ", but is " + describe(node), "Write " + wanted + " here.");
    }

    static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "the boolean " + node.asText();
            case NUMBER -> "the number " + node.asText();
            case STRING -> "the text \"" + node.asText() + "\"";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "something else";
        };
    }

    private static String sentence(String clause) {
        String capital = Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }

    private String parentPointer() {
        int slash = pointer.lastIndexOf('/');
        return slash < 0 ? "" : pointer.substring(0, slash);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
