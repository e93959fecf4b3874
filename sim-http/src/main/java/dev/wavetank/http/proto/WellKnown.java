package dev.wavetank.http.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages that JSON has in a form of their own. */
final class WellKnown {

    private static final ImmutableSet<String> NAMES = ImmutableSet.of(
            "Time",
            "MicroTime",
            "Quantity",
            "IntOrString",
            "RawExtension",
            "FieldsV1",
            "JSON",
            "JSONSchemaPropsOrBool",
            "JSONSchemaPropsOrArray",
            "JSONSchemaPropsOrStringArray");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    private WellKnown() {}

    static boolean has(Message message) {
        return NAMES.contains(message.getDescriptorForType().getName());
    }

    static @Nullable JsonNode json(Message message) {
        return switch (message.getDescriptorForType().getName()) {
            case "Time" -> time(message, false);
            case "MicroTime" -> time(message, true);
            case "Quantity" -> quantity(message);
            case "IntOrString" -> intOrString(message);
            case "FieldsV1" -> raw(message, "Raw");
            case "JSONSchemaPropsOrBool" -> either(message, "schema", "allows");
            case "JSONSchemaPropsOrArray" -> either(message, "schema", "jSONSchemas");
            case "JSONSchemaPropsOrStringArray" -> either(message, "schema", "property");
            default -> raw(message, "raw");
        };
    }

    private static Object get(Message message, String name) {
        return message.getField(field(message, name));
    }

    private static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    /** A time without seconds is one that is not set. */
    private static @Nullable JsonNode time(Message message, boolean micros) {
        if (!message.hasField(field(message, "seconds"))) {
            return null;
        }
        long seconds = (Long) get(message, "seconds");
        int nanos = (Integer) get(message, "nanos");
        try {
            Instant instant = Instant.ofEpochSecond(seconds, micros ? nanos : 0);
            return JsonNodeFactory.instance.textNode(
                    micros ? instant.atOffset(ZoneOffset.UTC).format(MICROS) : instant.toString());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the protobuf body holds a time that is none: " + seconds + " s", e);
        }
    }

    private static JsonNode quantity(Message message) {
        String text = (String) get(message, "string");
        return JsonNodeFactory.instance.textNode(text.isEmpty() ? "0" : text);
    }

    private static JsonNode intOrString(Message message) {
        boolean text = (Long) get(message, "type") == 1;
        return text
                ? JsonNodeFactory.instance.textNode((String) get(message, "strVal"))
                : JsonNodeFactory.instance.numberNode((Integer) get(message, "intVal"));
    }

    private static @Nullable JsonNode raw(Message message, String name) {
        ByteString raw = (ByteString) get(message, name);
        if (raw.isEmpty()) {
            return null;
        }
        try {
            return JSON.readTree(raw.toByteArray());
        } catch (IOException e) {
            throw new IllegalArgumentException("the protobuf body holds JSON that is broken: " + e.getMessage(), e);
        }
    }

    private static @Nullable JsonNode either(Message message, String schema, String other) {
        JsonNode object = MessageToJson.object(message);
        if (message.hasField(field(message, schema))) {
            return MessageToJson.object((Message) get(message, schema));
        }
        FieldDescriptor alternative = field(message, other);
        if (alternative.isRepeated()) {
            return object.path(other).isArray() ? object.path(other) : JsonNodeFactory.instance.arrayNode();
        }
        return JsonNodeFactory.instance.booleanNode((Boolean) get(message, other));
    }
}
