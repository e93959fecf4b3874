package dev.wavetank.model.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * The note that {@code kubectl apply} leaves on an object: the manifest as it was given, so that the next apply can tell
 * what was taken out of it.
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/util/apply.go.
 */
public final class LastApplied {

    public static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private static final ObjectMapper JSON = new ObjectMapper();

    private LastApplied() {}

    /** The object with the note of the manifest it was read from. */
    public static KubernetesObject note(KubernetesObject object, JsonNode manifest) {
        return object.withMetadata(object.metadata().withAnnotation(ANNOTATION, manifest.toString()));
    }

    /** The manifest noted on the object, or null if there is none that can be read. */
    public static @Nullable ObjectNode manifestOf(KubernetesObject object) {
        String text = object.metadata().annotation(ANNOTATION);
        try {
            return text != null && JSON.readTree(text) instanceof ObjectNode manifest ? manifest : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
