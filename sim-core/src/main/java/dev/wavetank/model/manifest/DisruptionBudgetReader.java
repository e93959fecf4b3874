package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.WallClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads PodDisruptionBudgets.
 *
 * <p>Source of rules: kubernetes 1.36 pkg/apis/policy/validation.
 */
final class DisruptionBudgetReader {

    private DisruptionBudgetReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        Field spec = manifest.get("spec")
                .required("Say which pods it covers and how many may be missing.")
                .expectObject();
        Field min = spec.get("minAvailable");
        Field max = spec.get("maxUnavailable");
        if (min.isPresent() == max.isPresent()) {
            spec.problem(
                    min.isPresent()
                            ? "minAvailable and maxUnavailable are both set"
                            : "neither minAvailable nor maxUnavailable is set",
                    "Set exactly one of the two.");
        }
        String unhealthy = spec.get("unhealthyPodEvictionPolicy")
                .choice("IfHealthyBudget", List.of("IfHealthyBudget", "AlwaysAllow"), name -> name);
        PodDisruptionBudget read = new PodDisruptionBudget(
                metadata,
                SelectorReader.read(spec.get("selector")),
                min.isPresent() ? share(min) : null,
                max.isPresent() ? share(max) : null,
                unhealthy.equals("AlwaysAllow"),
                PodDisruptionBudget.Status.NEW);
        KnownFields.note(spec, "PodDisruptionBudget spec");
        return metadata.name().isEmpty() ? null : read;
    }

    /** Reads what the disruption controller worked out. */
    static PodDisruptionBudget.Status status(Field status, WallClock clock) {
        ImmutableMap.Builder<String, Long> disrupted = ImmutableMap.builder();
        for (Field pod : status.get("disruptedPods").entries()) {
            disrupted.put(pod.name(), Read.time(pod, clock));
        }
        String reason = "";
        for (Field condition : status.get("conditions").elements()) {
            if (condition.get("type").text("").equals(DisruptionBudgetWriter.DISRUPTION_ALLOWED)) {
                reason = condition.get("reason").text("");
            }
        }
        return new PodDisruptionBudget.Status(
                Read.generation(status.get("observedGeneration")),
                disrupted.buildKeepingLast(),
                Read.count(status.get("disruptionsAllowed")),
                Read.count(status.get("currentHealthy")),
                Read.count(status.get("desiredHealthy")),
                Read.count(status.get("expectedPods")),
                reason);
    }

    /** A number of pods or a percentage of at most 100. */
    private static IntOrString share(Field field) {
        if (field.node().isIntegralNumber()) {
            return IntOrString.of(field.integer(0, 0));
        }
        String text = field.text("0%");
        if (!text.matches("[0-9]{1,9}%") || Integer.parseInt(text.substring(0, text.length() - 1)) > 100) {
            field.problem(
                    field.name() + " is \"" + text + "\", neither a number nor a percentage up to 100%",
                    "Write a number such as 1 or a percentage such as \"50%\".");
            return IntOrString.of("0%");
        }
        return IntOrString.of(text);
    }
}
