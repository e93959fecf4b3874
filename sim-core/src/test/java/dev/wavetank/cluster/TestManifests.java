package dev.wavetank.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import java.util.Objects;

/** Small manifests for tests. */
final class TestManifests {

    private TestManifests() {}

    /** A Deployment without probes. */
    static KubernetesObject deployment(String name, int replicas) {
        return read(
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"},
                 "spec": {"replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}},
                  "template": {"metadata": {"labels": {"app": "%1$s"}},
                   "spec": {"containers": [{"name": "%1$s", "image": "%1$s:1"}]}}}}
                """
                        .formatted(name, replicas));
    }

    private static KubernetesObject read(String json) {
        try {
            Findings findings = new Findings();
            KubernetesObject object = ManifestReader.read(Field.root(new ObjectMapper().readTree(json), findings));
            if (!findings.problems().isEmpty()) {
                throw new IllegalArgumentException(findings.problems().toString());
            }
            return Objects.requireNonNull(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
