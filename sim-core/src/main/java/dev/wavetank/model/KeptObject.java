package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An object of a kind the model does not simulate: kept as it was given and echoed back.
 *
 * @param source the whole manifest; not to be changed. What {@code metadata} carries counts more than what is said of it here
 */
public record KeptObject(ResourceKind kind, ObjectMeta metadata, JsonNode source) implements KubernetesObject {

    /** As the API server sees custom resources: whatever is neither metadata nor status is spec. */
    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof KeptObject kept
                && (kept.source == source || specOf(kept.source).equals(specOf(source)));
    }

    private static JsonNode specOf(JsonNode source) {
        return source instanceof ObjectNode object ? object.deepCopy().without(List.of("metadata", "status")) : source;
    }

    public KeptObject withSource(JsonNode source) {
        return new KeptObject(kind, metadata, source);
    }

    @Override
    public KeptObject withMetadata(ObjectMeta metadata) {
        return new KeptObject(kind, metadata, source);
    }
}
