package dev.wavetank.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.model.PodTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names a pod template in a few characters; the suffix of a ReplicaSet's name and the value of its label {@code
 * pod-template-hash}.
 *
 * <p>Differs from Kubernetes: it hashes a dump of Go's own structures, which nothing but that Go program can repeat. Here
 * the template is hashed as JSON with sorted keys, so the values differ; hash function and alphabet are the same.
 *
 * <p>Source: kubernetes 1.36 pkg/controller ComputeHash, apimachinery util/rand SafeEncodeString.
 */
public final class PodTemplateHash {

    /** The digits 0 to 9 in letters that make no words. */
    private static final String ALPHABET = "456789bcdf";

    private PodTemplateHash() {}

    /**
     * The hash of a template.
     *
     * @param collisionCount how often the hash met a ReplicaSet that was not the Deployment's; null if never
     */
    public static String of(PodTemplate template, @Nullable Integer collisionCount) {
        StringBuilder canonical = new StringBuilder();
        append(template.source(), canonical);
        if (collisionCount != null) {
            canonical.append('#').append(collisionCount);
        }
        String decimal = Integer.toUnsignedString(fnv32a(canonical.toString()));
        StringBuilder encoded = new StringBuilder(decimal.length());
        for (int i = 0; i < decimal.length(); i++) {
            encoded.append(ALPHABET.charAt(decimal.charAt(i) - '0'));
        }
        return encoded.toString();
    }

    private static int fnv32a(String text) {
        int hash = 0x811c9dc5;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        return hash;
    }

    /** The tree with the fields of every object in the order of their names, so that their order in a file is no matter. */
    private static void append(JsonNode node, StringBuilder into) {
        if (node.isObject()) {
            into.append('{');
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, value) -> {
                into.append(name).append(':');
                append(value, into);
                into.append(',');
            });
            into.append('}');
        } else if (node.isArray()) {
            into.append('[');
            for (JsonNode element : node) {
                append(element, into);
                into.append(',');
            }
            into.append(']');
        } else {
            into.append(node);
        }
    }
}
