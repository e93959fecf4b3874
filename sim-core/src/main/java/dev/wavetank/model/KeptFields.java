package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What an object was given through the API and the model does not simulate: kept as it came and echoed back.
 *
 * <p>The trees are not to be changed; a change is a new value.
 *
 * @param managedFields who owns which field, as {@code metadata.managedFields} has it; missing if nobody kept account
 * @param rest the part of the whole document that the typed object does not carry, in the places it was given; missing if
 *     nothing is left
 */
public record KeptFields(JsonNode managedFields, JsonNode rest) {

    /** Nothing besides what the typed object carries. */
    public static final KeptFields NONE = new KeptFields(MissingNode.getInstance(), MissingNode.getInstance());

    public KeptFields withManagedFields(JsonNode managedFields) {
        return new KeptFields(managedFields, rest);
    }

    /** True if the two differ in metadata, status and bookkeeping at most. */
    boolean hasSameSpecAs(KeptFields other) {
        if (rest == other.rest) {
            return true;
        }
        return specOf(rest).equals(specOf(other.rest));
    }

    private static JsonNode specOf(JsonNode rest) {
        return rest.path("spec");
    }
}
