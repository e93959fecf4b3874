package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An object of a kind the model does not simulate: kept as it was given and echoed back.
 *
 * @param source the whole manifest; not to be changed
 */
public record KeptObject(ResourceKind kind, ObjectMeta metadata, JsonNode source) implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof KeptObject kept && sameSpec(kept.source, source);
    }

    /** Equal in all but what describes the object and what reports on it. */
    private static boolean sameSpec(JsonNode one, JsonNode other) {
        Set<String> names = new LinkedHashSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        names.removeAll(List.of("metadata", "status"));
        return names.stream().allMatch(name -> one.path(name).equals(other.path(name)));
    }

    @Override
    public KeptObject withMetadata(ObjectMeta metadata) {
        return new KeptObject(kind, metadata, source);
    }
}
