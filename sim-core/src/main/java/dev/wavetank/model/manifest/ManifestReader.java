package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ResourceKind;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest as {@code kubectl apply} would: simulated kinds become typed objects with the API server's defaults,
 * all others are kept as they are. Mistakes go to the findings, with the pointer of the value they are about.
 */
public final class ManifestReader {

    private static final ImmutableMap<String, Function<Field, @Nullable KubernetesObject>> READERS = ImmutableMap.of(
            "Deployment", DeploymentReader::read,
            "Service", ServiceReader::read,
            "Pod", PodReader::read,
            "Node", NodeReader::read,
            "HorizontalPodAutoscaler", HpaReader::read,
            "PodDisruptionBudget", DisruptionBudgetReader::read);

    private static final KubernetesFields FIELDS = KubernetesFields.load();

    private ManifestReader() {}

    /**
     * Reads one document.
     *
     * @return the object, or null if it has no kind or name to file it under
     */
    public static @Nullable KubernetesObject read(Field manifest) {
        if (!manifest.isPresent() || !manifest.node().isObject()) {
            manifest.problem(
                    "a manifest must be an object, but this is " + Field.describe(manifest.node()),
                    "Start it with apiVersion, kind and metadata.");
            return null;
        }
        String apiVersion = manifest.get("apiVersion")
                .required("Add it; a Deployment's is apps/v1, a Service's v1.")
                .text("");
        String kind =
                manifest.get("kind").required("Add the kind of object this is.").text("");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return null;
        }
        CustomResourceDefinition custom = CustomResources.of(apiVersion, kind);
        if (custom != null) {
            return custom(manifest, custom);
        }
        Function<Field, @Nullable KubernetesObject> reader = READERS.get(kind);
        KubernetesObject object = reader == null ? kept(manifest, apiVersion, kind) : reader.apply(manifest);
        // the list of fields is of autoscaling/v2
        if (!apiVersion.equals("autoscaling/v1")) {
            FIELDS.check(manifest, kind);
        }
        if (reader != null) {
            KnownFields.noteOthers(manifest, kind);
        }
        return object;
    }

    private static @Nullable KubernetesObject custom(Field manifest, CustomResourceDefinition definition) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        definition.check(manifest);
        if (metadata.name().isEmpty()) {
            return null;
        }
        ObjectNode complete = manifest.node().deepCopy();
        definition.complete(complete);
        return new KeptObject(definition.resource(), metadata, complete);
    }

    private static @Nullable KubernetesObject kept(Field manifest, String apiVersion, String kind) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        manifest.findings().notSimulated(kind + " " + metadata.name());
        ResourceKind resource = Kinds.named(apiVersion, kind);
        ObjectMeta placed = resource.namespaced() ? metadata : MetadataReader.withoutNamespace(metadata);
        return metadata.name().isEmpty() ? null : new KeptObject(resource, placed, manifest.node());
    }
}
