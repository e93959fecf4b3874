package dev.wavetank.model.manifest;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Deployments.
 *
 * <p>Source of defaults and rules: kubernetes 1.36 pkg/apis/apps/v1/defaults.go and pkg/apis/apps/validation.
 */
final class DeploymentReader {

    private static final int DEFAULT_HISTORY = 10;
    private static final int DEFAULT_DEADLINE = 600;
    private static final IntOrString QUARTER = IntOrString.of("25%");

    private DeploymentReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        Field spec = manifest.get("spec")
                .required("Describe what the Deployment is to be.")
                .expectObject();
        Field selectorField = spec.get("selector").required("Choose the pods by the labels of the template.");
        LabelSelector selector = SelectorReader.read(selectorField);
        Field templateField =
                spec.get("template").required("Describe the pods.").expectObject();
        PodTemplate template = PodReader.template(templateField, "Deployment");
        checkSelector(selectorField, selector, templateField, template);
        int minReadySeconds = spec.get("minReadySeconds").integer(0, 0);
        Field deadlineField = spec.get("progressDeadlineSeconds");
        int deadline = deadlineField.integer(DEFAULT_DEADLINE, 0);
        if (deadline <= minReadySeconds) {
            deadlineField.problem(
                    "progressDeadlineSeconds is " + deadline + ", not above minReadySeconds " + minReadySeconds,
                    "Raise progressDeadlineSeconds above minReadySeconds.");
        }
        DeploymentSpec read = new DeploymentSpec(
                spec.get("replicas").integer(1, 0),
                selector,
                template,
                strategy(spec.get("strategy")),
                minReadySeconds,
                unlessUnlimited(spec.get("revisionHistoryLimit").integer(DEFAULT_HISTORY, 0)),
                unlessUnlimited(deadline),
                spec.get("paused").bool(false));
        KnownFields.note(spec, "Deployment spec");
        return metadata.name().isEmpty() ? null : new Deployment(metadata, read, DeploymentStatus.NEW);
    }

    private static @Nullable Integer unlessUnlimited(int value) {
        return value == Integer.MAX_VALUE ? null : Integer.valueOf(value);
    }

    private static void checkSelector(
            Field selectorField, LabelSelector selector, Field templateField, PodTemplate template) {
        if (!selectorField.isPresent() || !templateField.isPresent()) {
            return;
        }
        if (selector.isEmpty()) {
            selectorField.problem(
                    "an empty selector would take every pod of the namespace",
                    "Add matchLabels with a label of the template.");
        } else if (!selector.matches(template.labels())) {
            selectorField.problem(
                    "the selector " + selector.matchLabels() + " does not match the template's labels "
                            + template.labels(),
                    "Make spec.selector.matchLabels and spec.template.metadata.labels agree.");
        }
    }

    private static Strategy strategy(Field strategy) {
        strategy.expectObject();
        Field rolling = strategy.get("rollingUpdate").expectObject();
        String type = strategy.get("type").choice("RollingUpdate", List.of("RollingUpdate", "Recreate"), name -> name);
        if (type.equals("Recreate")) {
            if (rolling.isPresent()) {
                rolling.problem("rollingUpdate may not be set for the strategy Recreate", "Leave rollingUpdate out.");
            }
            return new Strategy.Recreate();
        }
        Field surgeField = rolling.get("maxSurge");
        Field unavailableField = rolling.get("maxUnavailable");
        IntOrString surge = share(surgeField, Integer.MAX_VALUE);
        IntOrString unavailable = share(unavailableField, 100);
        if (isZero(surge) && isZero(unavailable)) {
            unavailableField.problem(
                    "maxUnavailable may not be 0 when maxSurge is 0: the rollout could not take a single step",
                    "Raise one of the two.");
        }
        return new Strategy.RollingUpdate(surge, unavailable);
    }

    /** A number of pods, or a percentage of at most {@code mostPercent}. */
    private static IntOrString share(Field field, int mostPercent) {
        if (!field.isPresent()) {
            return QUARTER;
        }
        if (field.node().isIntegralNumber()) {
            return IntOrString.of(field.integer(0, 0));
        }
        String text = field.text("");
        if (!text.matches("[0-9]{1,9}%")) {
            field.problem(
                    field.name() + " is \"" + text + "\", neither a number nor a percentage",
                    "Write a number such as 1 or a percentage such as \"25%\".");
            return QUARTER;
        }
        if (Integer.parseInt(text.substring(0, text.length() - 1)) > mostPercent) {
            field.problem(field.name() + " is " + text + ", above " + mostPercent + "%", "Lower it.");
        }
        return IntOrString.of(text);
    }

    private static boolean isZero(IntOrString share) {
        return share.toString().matches("0+%?");
    }
}
