package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.knative.ActiveCondition;
import dev.wavetank.autoscaling.knative.ActiveStatus;
import dev.wavetank.autoscaling.knative.AutoscalerConfig;
import dev.wavetank.autoscaling.knative.RevisionConfig;
import dev.wavetank.autoscaling.knative.ScaleToZero;

/** {@code knative-scale-to-zero}: one reconcile of a PodAutoscaler, and its Active condition afterwards. */
final class KnativeScaleToZeroTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-scale-to-zero";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        AutoscalerConfig config = KnativeJson.config(input);
        RevisionConfig revision = KnativeJson.revision(input, config);
        ActiveStatus active = ActiveStatus.of(input.path("activeStatus").asText());
        boolean initialized = input.path("scaleTargetInitialized").booleanValue();
        ScaleToZero.Decision decision = ScaleToZero.decide(
                revision,
                config,
                new ScaleToZero.Input(
                        input.path("deciderDesiredScale").intValue(),
                        active,
                        nanos(input.path("inThatStatusForMs")),
                        initialized,
                        nanos(input.path("progressDeadlineMs")),
                        input.path("sksMode").asText().equals("Proxy")
                                ? ScaleToZero.SksMode.PROXY
                                : ScaleToZero.SksMode.SERVE,
                        nanos(input.path("activatorEndpointsPopulatedForMs")),
                        input.path("activatorProbeSucceeds").booleanValue()));
        ActiveCondition after = ActiveCondition.after(
                revision,
                new ActiveCondition(active, active == ActiveStatus.FALSE ? "NoTraffic" : "", initialized),
                decision.scale(),
                input.path("readyPods").intValue());
        Long requeue = decision.reconcileAfterNanos();
        return Json.object()
                .put("scale", decision.scale())
                .put("apply", decision.apply())
                .put("requeueAfterMs", requeue == null ? null : (Long) (requeue / KnativeJson.MILLI_NANOS))
                .put("asyncProbeStarted", decision.probeActivator())
                .put("activeStatusAfter", after.status().apiName())
                .put("reasonAfter", after.reason())
                .put("scaleTargetInitializedAfter", after.scaleTargetInitialized());
    }

    private static long nanos(JsonNode millis) {
        return millis.longValue() * KnativeJson.MILLI_NANOS;
    }
}
