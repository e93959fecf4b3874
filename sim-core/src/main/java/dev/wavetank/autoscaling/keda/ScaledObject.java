package dev.wavetank.autoscaling.keda;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ScaledObject with its fields taken apart.
 *
 * @param object the object as the store holds it
 * @param target the workload to scale
 * @param spec what the scale loop looks at
 * @param pollingNanos time between two polls
 * @param fallback what to do when sources fail; null for nothing
 * @param restoresReplicas whether its deletion brings back the replicas it found
 * @param hpaName name of the HPA it owns
 * @param hpaBehavior behavior of that HPA, as written; missing if not given
 * @param triggers at least one
 */
public record ScaledObject(
        KeptObject object,
        TargetRef target,
        ScaledObjectSpec spec,
        long pollingNanos,
        @Nullable Fallback fallback,
        boolean restoresReplicas,
        String hpaName,
        JsonNode hpaBehavior,
        ImmutableList<Trigger> triggers) {

    public static final ResourceKind KIND =
            new ResourceKind("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects", true);

    private static final ScaledObjectSpec STANDARD = new ScaledObjectSpec(
            0, ScaledObjectSpec.DEFAULT_MAX_REPLICA_COUNT, null, ScaledObjectSpec.DEFAULT_COOLDOWN_NANOS, 0, null);

    /** Takes an object apart that has been found right. */
    public static ScaledObject of(KeptObject object) {
        return read(object, Field.root(object.source(), new Findings()).get("spec"));
    }

    public String name() {
        return object.metadata().name();
    }

    public String namespace() {
        return object.metadata().namespace();
    }

    static ScaledObject read(KeptObject object, Field spec) {
        TargetRef target = target(spec.get("scaleTargetRef")
                .required("Name the workload: scaleTargetRef: {name: …}.")
                .expectObject());
        Fallback fallback = fallback(spec.get("fallback").expectObject());
        Field advanced = spec.get("advanced").expectObject();
        Field hpa = advanced.get("horizontalPodAutoscalerConfig").expectObject();
        Field modifiers = advanced.get("scalingModifiers");
        if (modifiers.isPresent()) {
            modifiers.findings().notSimulated("ScaledObject spec.advanced.scalingModifiers");
        }
        List<Field> list = spec.get("triggers")
                .required("Add at least one trigger, such as {type: cron, metadata: …}.")
                .elements();
        if (spec.get("triggers").isPresent() && list.isEmpty()) {
            spec.get("triggers").problem("there is no trigger", "Add one, such as {type: cron, metadata: …}.");
        }
        ImmutableList.Builder<Trigger> triggers = ImmutableList.builder();
        for (int i = 0; i < list.size(); i++) {
            triggers.add(TriggerReader.read(list.get(i), i));
        }
        ScaledObject read = new ScaledObject(
                object,
                target,
                spec(spec, fallback),
                seconds(spec.get("pollingInterval"), 30, 1),
                fallback,
                advanced.get("restoreToOriginalReplicaCount").bool(false),
                hpa.get("name").text("keda-hpa-" + object.metadata().name()),
                hpa.get("behavior").node(),
                triggers.build());
        CustomResources.leftOvers(hpa, "ScaledObject spec.advanced.horizontalPodAutoscalerConfig");
        CustomResources.leftOvers(advanced, "ScaledObject spec.advanced");
        CustomResources.leftOvers(spec, "ScaledObject spec");
        return read;
    }

    private static TargetRef target(Field ref) {
        TargetRef read = new TargetRef(
                ref.get("apiVersion").text("apps/v1"),
                ref.get("kind").text("Deployment"),
                ref.isPresent() ? ref.get("name").required("Name the workload.").text("") : "");
        CustomResources.leftOvers(ref, "ScaledObject spec.scaleTargetRef");
        return read;
    }

    private static ScaledObjectSpec spec(Field spec, @Nullable Fallback fallback) {
        Integer idle = spec.get("idleReplicaCount").integerOrNull(0);
        int min = spec.get("minReplicaCount").integer(0, 0);
        int max = spec.get("maxReplicaCount").integer(ScaledObjectSpec.DEFAULT_MAX_REPLICA_COUNT, 0);
        long cooldown = seconds(spec.get("cooldownPeriod"), 300, 0);
        long initial = seconds(spec.get("initialCooldownPeriod"), 0, 0);
        try {
            return new ScaledObjectSpec(
                    min, max, idle, cooldown, initial, fallback == null ? null : fallback.replicas());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int cure = message.indexOf("; ");
            spec.problem(
                    cure < 0 ? message : message.substring(0, cure),
                    cure < 0 ? "Mend the counts." : "Note: " + message.substring(cure + 2) + ".");
            return STANDARD;
        }
    }

    private static long seconds(Field field, long usual, long least) {
        return field.longInteger(usual, least, Integer.MAX_VALUE) * Times.SECOND;
    }

    private static @Nullable Fallback fallback(Field fallback) {
        if (!fallback.isPresent()) {
            return null;
        }
        Fallback read = new Fallback(
                fallback.get("failureThreshold")
                        .required("Say how many failed reads are passed on.")
                        .integer(3, 0),
                fallback.get("replicas")
                        .required("Say how many replicas to fall back to.")
                        .integer(1, 0),
                fallback.get("behavior").parsed(Fallback.Behavior.STATIC, Fallback.Behavior::of));
        CustomResources.leftOvers(fallback, "ScaledObject spec.fallback");
        return read;
    }
}
