package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An object of a kind the model does not simulate: kept as it was given and echoed back.
 *
 * @param source the whole manifest; not to be changed
 */
public record KeptObject(ResourceKind kind, ObjectMeta metadata, JsonNode source) implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof KeptObject kept && kept.source.equals(source);
    }

    @Override
    public KeptObject withMetadata(ObjectMeta metadata) {
        return new KeptObject(kind, metadata, source);
    }
}
