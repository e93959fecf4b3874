package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Container;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pods and the templates of pods.
 *
 * <p>Source of defaults and rules: kubernetes 1.36 pkg/apis/core/v1/defaults.go and pkg/apis/core/validation.
 */
final class PodReader {

    private static final long DEFAULT_GRACE_SECONDS = 30;

    private PodReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        Field spec = manifest.get("spec").required("Describe the pod.").expectObject();
        String nodeName = spec.get("nodeName").text("");
        PodSpec read = spec(spec, "Pod spec");
        return metadata.name().isEmpty() ? null : new Pod(metadata, read, nodeName, PodStatus.NEW);
    }

    static PodTemplate template(Field template, String kind) {
        Field metadata = template.get("metadata").expectObject();
        Field spec = template.get("spec").expectObject();
        if (template.isPresent()) {
            spec.required("Describe the pods.");
        }
        PodTemplate read = new PodTemplate(
                metadata.get("labels").stringMap(),
                metadata.get("annotations").stringMap(),
                spec(spec, kind + " spec.template.spec"),
                template.node());
        KnownFields.note(metadata, kind + " spec.template.metadata");
        KnownFields.note(template, kind + " spec.template");
        return read;
    }

    private static PodSpec spec(Field spec, String path) {
        ImmutableList<Container> containers = spec.get("containers").elements().stream()
                .map(container -> ContainerReader.read(container, path + ".containers"))
                .collect(ImmutableList.toImmutableList());
        if (spec.isPresent() && containers.isEmpty()) {
            spec.problem("a pod needs at least one container", "Add it under containers.");
        }
        ImmutableList<Container> initContainers = spec.get("initContainers").elements().stream()
                .map(container -> ContainerReader.read(container, path + ".initContainers"))
                .collect(ImmutableList.toImmutableList());
        // the service account's token is a volume too, unless the pod does without
        int tokenVolume = spec.get("automountServiceAccountToken").bool(true) ? 1 : 0;
        PodSpec read = new PodSpec(
                initContainers,
                containers,
                spec.get("restartPolicy")
                        .choice(RestartPolicy.ALWAYS, List.of(RestartPolicy.values()), RestartPolicy::text),
                spec.get("terminationGracePeriodSeconds").longInteger(DEFAULT_GRACE_SECONDS, 0, Integer.MAX_VALUE),
                spec.get("nodeSelector").stringMap(),
                spec.get("tolerations").elements().stream()
                        .map(PodReader::toleration)
                        .collect(ImmutableList.toImmutableList()),
                spec.get("priority").integer(0, Integer.MIN_VALUE),
                tokenVolume + spec.get("volumes").elements().size(),
                spec.node());
        KnownFields.note(spec, path);
        return read;
    }

    private static Toleration toleration(Field toleration) {
        String operator = toleration.get("operator").choice("Equal", List.of("Equal", "Exists"), name -> name);
        Field seconds = toleration.get("tolerationSeconds");
        Toleration read = new Toleration(
                toleration.get("key").text(""),
                operator.equals("Exists"),
                toleration.get("value").text(""),
                toleration
                        .get("effect")
                        .choice("", List.of("NoSchedule", "PreferNoSchedule", "NoExecute"), name -> name),
                seconds.isPresent() ? Long.valueOf(seconds.longInteger(0, Long.MIN_VALUE, Long.MAX_VALUE)) : null);
        return read;
    }
}
