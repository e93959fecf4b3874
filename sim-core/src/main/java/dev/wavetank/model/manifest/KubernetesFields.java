package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields manifests may have: finds those that Kubernetes does not know, which are typos more often than not.
 *
 * <p>Source: the field lists of Kubernetes' own API types, kept in {@code kubernetes-fields.txt} and held right by a test.
 */
final class KubernetesFields {

    private static final String RESOURCE = "kubernetes-fields.txt";

    /** Lines by the name of the type; taken apart when first asked for. */
    private final Map<String, String> lines;

    private KubernetesFields(Map<String, String> lines) {
        this.lines = lines;
    }

    static KubernetesFields load() {
        Map<String, String> lines = new HashMap<>();
        InputStream stream = KubernetesFields.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new IllegalStateException(RESOURCE + " is missing from the jar");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int space = line.indexOf(' ');
                lines.put(line.substring(0, space), line.substring(space + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KubernetesFields(lines);
    }

    /** Reports every field of a manifest that its kind does not have; says nothing about kinds it does not know. */
    void check(Field manifest, String kind) {
        if (lines.containsKey(kind)) {
            check(manifest.node(), manifest.pointer(), kind, manifest.findings());
        }
    }

    private void check(JsonNode node, String pointer, String type, Findings findings) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), pointer + "/" + i, type, findings);
            }
            return;
        }
        if (!node.isObject()) {
            return;
        }
        Map<String, @Nullable String> fields = fieldsOf(type);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!fields.containsKey(name)) {
                List<String> known = new ArrayList<>(fields.keySet());
                findings.problem(
                        place,
                        "Kubernetes knows no field \"" + name + "\" here",
                        Suggestion.nearest(name, known)
                                .map(word -> "Did you mean \"" + word + "\"?")
                                .orElse("Remove it, or check its indentation."));
                continue;
            }
            String content = fields.get(name);
            if (content != null) {
                check(entry.getValue(), place, content, findings);
            }
        }
    }

    /** The fields of a type, each with the type of its content or null. */
    private Map<String, @Nullable String> fieldsOf(String type) {
        Map<String, @Nullable String> fields = new HashMap<>();
        String line = lines.getOrDefault(type, "");
        for (String field : line.split(" ", -1)) {
            int colon = field.indexOf(':');
            fields.put(colon < 0 ? field : field.substring(0, colon), colon < 0 ? null : field.substring(colon + 1));
        }
        return fields;
    }
}
