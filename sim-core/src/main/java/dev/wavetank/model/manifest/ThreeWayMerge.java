package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl apply} makes of a live object: what the manifest states is set, what it stated the last time and does
 * not any more is removed, and what it never mentioned stays as others left it.
 *
 * <p>Lists whose elements have a name of their own are merged element by element; all others are values as a whole.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/util/strategicpatch, and the patchMergeKey and patchStrategy tags of the API.
 */
public final class ThreeWayMerge {

    /** What tells the elements of a list apart, by the list's name. */
    private static final ImmutableMap<String, String> MERGE_KEYS = ImmutableMap.<String, String>builder()
            .put("containers", "name")
            .put("initContainers", "name")
            .put("ephemeralContainers", "name")
            .put("env", "name")
            .put("volumes", "name")
            .put("imagePullSecrets", "name")
            .put("resourceClaims", "name")
            .put("schedulingGates", "name")
            .put("ports", "containerPort")
            .put("volumeMounts", "mountPath")
            .put("volumeDevices", "devicePath")
            .put("hostAliases", "ip")
            .put("topologySpreadConstraints", "topologyKey")
            .buildOrThrow();

    /** Objects of which, if anything changes, only what the manifest states is kept: "one of these shapes" in disguise. */
    private static final ImmutableSet<String> RETAIN_KEYS = ImmutableSet.of("strategy");

    private ThreeWayMerge() {}

    /**
     * The object as it is to be. The arguments are not changed.
     *
     * @param live as it is, the API's defaults filled in
     * @param lastApplied the manifest of the last time, or null if there was none
     * @param manifest the manifest of this time
     */
    public static ObjectNode merge(ObjectNode live, @Nullable ObjectNode lastApplied, ObjectNode manifest) {
        return objects(live, lastApplied == null ? MissingNode.getInstance() : lastApplied, manifest);
    }

    private static ObjectNode objects(ObjectNode live, JsonNode last, JsonNode manifest) {
        ObjectNode merged = live.deepCopy();
        for (Map.Entry<String, JsonNode> before : last.properties()) {
            if (!manifest.hasNonNull(before.getKey())) {
                merged.remove(before.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> stated : manifest.properties()) {
            String name = stated.getKey();
            if (stated.getValue().isNull()) {
                merged.remove(name);
            } else {
                merged.set(name, value(name, live.path(name), last.path(name), stated.getValue()));
            }
        }
        return merged;
    }

    private static JsonNode value(String name, JsonNode live, JsonNode last, JsonNode stated) {
        if (live instanceof ObjectNode object && stated.isObject()) {
            ObjectNode merged = objects(object, last, stated);
            boolean changed = !merged.equals(object);
            return changed && RETAIN_KEYS.contains(name) ? retaining(merged, stated) : merged;
        }
        String key = MERGE_KEYS.get(name);
        if (key != null && allHave(key, live) && allHave(key, stated)) {
            return elements(key, live, last, stated);
        }
        return stated.deepCopy();
    }

    private static ObjectNode retaining(ObjectNode merged, JsonNode stated) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        stated.fieldNames().forEachRemaining(name -> {
            if (merged.has(name)) {
                kept.set(name, merged.get(name));
            }
        });
        return kept;
    }

    private static boolean allHave(String key, JsonNode list) {
        for (JsonNode element : list) {
            if (!element.hasNonNull(key)) {
                return false;
            }
        }
        return list.isArray();
    }

    /** The manifest's elements in its order, then those of others. */
    private static ArrayNode elements(String key, JsonNode live, JsonNode last, JsonNode stated) {
        Map<String, JsonNode> living = byKey(key, live);
        Map<String, JsonNode> before = byKey(key, last);
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : stated) {
            String id = element.get(key).asText();
            JsonNode current = living.remove(id);
            merged.add(
                    current instanceof ObjectNode object
                            ? objects(object, before.getOrDefault(id, MissingNode.getInstance()), element)
                            : element.deepCopy());
        }
        living.forEach((id, element) -> {
            if (!before.containsKey(id)) {
                merged.add(element.deepCopy());
            }
        });
        return merged;
    }

    private static Map<String, JsonNode> byKey(String key, JsonNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            elements.put(element.path(key).asText(), element);
        }
        return elements;
    }
}
