package dev.wavetank.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.LastApplied;
import dev.wavetank.model.manifest.ManifestReader;

/** Manifests for tests of whole clusters. */
final class TestManifests {

    static final ObjectKey WEB = new ObjectKey(ResourceKind.DEPLOYMENT, "default", "web");

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestManifests() {}

    /** A Deployment {@code web}; the text goes into its spec, such as {@code "replicas": 3}. */
    static ObjectNode web(String spec) {
        return json(
                "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"web\"}, \"spec\": {"
                        + (spec.isEmpty() ? "" : spec + ", ")
                        + "\"selector\": {\"matchLabels\": {\"app\": \"web\"}}, \"template\": {\"metadata\": {\"labels\": {\"app\":"
                        + " \"web\"}}, \"spec\": {\"containers\": [{\"name\": \"web\", \"image\": \"web:1\", \"resources\":"
                        + " {\"requests\": {\"cpu\": \"10m\"}}}]}}}}");
    }

    /** A budget {@code web-budget} over the pods of {@code web}. */
    static KubernetesObject budget(String spec) {
        return read(json("{\"apiVersion\": \"policy/v1\", \"kind\": \"PodDisruptionBudget\", \"metadata\": {\"name\":"
                + " \"web-budget\"}, \"spec\": {" + spec + ", \"selector\": {\"matchLabels\": {\"app\": \"web\"}}}}"));
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static KubernetesObject read(ObjectNode manifest) {
        Findings findings = new Findings();
        KubernetesObject object = ManifestReader.read(Field.root(manifest, findings));
        if (object == null || !findings.problems().isEmpty()) {
            throw new IllegalArgumentException(findings.problems().toString());
        }
        return object;
    }

    /** What {@code kubectl apply} sends: the object with the note of its manifest. */
    static Deployment applied(ObjectNode manifest) {
        return (Deployment) LastApplied.note(read(manifest), manifest);
    }
}
