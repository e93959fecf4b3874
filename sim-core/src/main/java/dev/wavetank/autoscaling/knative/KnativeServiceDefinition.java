package dev.wavetank.autoscaling.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.Field;
import java.util.List;

/** The kind Service of Knative Serving. */
public final class KnativeServiceDefinition implements CustomResourceDefinition {

    @Override
    public ResourceKind resource() {
        return Serving.SERVICE;
    }

    @Override
    public List<String> shortNames() {
        return List.of("ksvc", "kservice");
    }

    @Override
    public void check(Field manifest) {
        Field spec = manifest.get("spec")
                .required("Describe the service, in template.")
                .expectObject();
        if (spec.isPresent()) {
            KnativeService.read(
                    new KeptObject(Serving.SERVICE, ObjectMeta.named("default", "x"), manifest.node()), spec);
        }
    }

    @Override
    public ImmutableList<String> columnTitles() {
        return ImmutableList.of("URL", "LATESTCREATED", "LATESTREADY", "READY", "REASON");
    }

    @Override
    public ImmutableMap<String, String> columns(KeptObject object) {
        JsonNode status = CustomResource.status(object);
        JsonNode ready = CustomResource.condition(status, "Ready");
        return ImmutableMap.of(
                "URL",
                status.path("url").asText(),
                "LATESTCREATED",
                status.path("latestCreatedRevisionName").asText(),
                "LATESTREADY",
                status.path("latestReadyRevisionName").asText(),
                "READY",
                CustomResource.conditionStatus(status, "Ready"),
                "REASON",
                ready == null ? "" : ready.path("reason").asText());
    }
}
