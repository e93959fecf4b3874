package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.autoscaling.keda.Fallback.TargetType;
import dev.wavetank.autoscaling.keda.PollAnnotations;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.keda.Trigger;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;

/**
 * The HorizontalPodAutoscaler that scales a ScaledObject's target from one replica up.
 *
 * <p>Source: keda 2.20 controllers/keda/hpa.go.
 */
final class KedaHpa {

    private static final int MILLI = 1000;

    private KedaHpa() {}

    static HorizontalPodAutoscaler of(ScaledObject object) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", ResourceKind.HORIZONTAL_POD_AUTOSCALER.apiVersion());
        manifest.put("kind", ResourceKind.HORIZONTAL_POD_AUTOSCALER.kind());
        ObjectNode metadata = manifest.putObject("metadata");
        metadata.put("name", object.hpaName()).put("namespace", object.namespace());
        metadata.putObject("labels")
                .put("app.kubernetes.io/managed-by", "keda-operator")
                .put(KedaMetricsServer.LABEL, object.name());
        ObjectNode spec = manifest.putObject("spec");
        spec.putObject("scaleTargetRef")
                .put("apiVersion", object.target().apiVersion())
                .put("kind", object.target().kind())
                .put("name", object.target().name());
        spec.put("minReplicas", object.spec().hpaMinReplicas());
        spec.put("maxReplicas", Math.max(1, object.spec().maxReplicaCount()));
        ArrayNode metrics = spec.putArray("metrics");
        object.triggers().forEach(trigger -> add(metrics.addObject(), object, trigger));
        behavior(spec, object);
        var read = (HorizontalPodAutoscaler) ManifestReader.read(Field.root(manifest, new Findings()));
        if (read == null) {
            throw new IllegalStateException("an HPA of our own making cannot be read: " + manifest);
        }
        return read.withMetadata(
                read.metadata().withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(object.object()))));
    }

    private static void add(ObjectNode metric, ScaledObject object, Trigger trigger) {
        if (trigger.kind() == Trigger.Kind.RESOURCE) {
            ObjectNode resource = metric.put("type", "Resource").putObject("resource");
            resource.put("name", trigger.type());
            ObjectNode target = resource.putObject("target");
            if (trigger.utilization()) {
                target.put("type", "Utilization").put("averageUtilization", (int) (trigger.targetMillis() / MILLI));
            } else {
                target.put("type", "AverageValue").put("averageValue", quantity(trigger));
            }
            return;
        }
        ObjectNode external = metric.put("type", "External").putObject("external");
        ObjectNode name = external.putObject("metric").put("name", trigger.metricName());
        name.putObject("selector").putObject("matchLabels").put(KedaMetricsServer.LABEL, object.name());
        if (trigger.targetType() == TargetType.VALUE) {
            external.putObject("target").put("type", "Value").put("value", quantity(trigger));
        } else {
            external.putObject("target").put("type", "AverageValue").put("averageValue", quantity(trigger));
        }
    }

    private static String quantity(Trigger trigger) {
        return Quantity.ofMillis(trigger.targetMillis()).canonical();
    }

    /** A direction that is paused is one the HPA may not go. */
    private static void behavior(ObjectNode spec, ScaledObject object) {
        PollAnnotations paused = PollAnnotations.of(object.object().metadata().annotations());
        if (object.hpaBehavior().isObject()) {
            spec.set("behavior", object.hpaBehavior().deepCopy());
        }
        if (paused.pausedScaleIn()) {
            spec.withObject("/behavior").withObject("/scaleDown").put("selectPolicy", "Disabled");
        }
        if (paused.pausedScaleOut()) {
            spec.withObject("/behavior").withObject("/scaleUp").put("selectPolicy", "Disabled");
        }
    }
}
