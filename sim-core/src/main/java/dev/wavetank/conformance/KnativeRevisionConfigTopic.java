package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.knative.AutoscalerConfig;
import dev.wavetank.autoscaling.knative.RevisionConfig;

/** {@code knative-revision-config}: the settings that annotations and ConfigMap amount to. */
final class KnativeRevisionConfigTopic implements Topic {

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-revision-config";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        AutoscalerConfig config = KnativeJson.config(input);
        RevisionConfig revision = KnativeJson.revision(input, config);
        return Json.object()
                .put("metric", revision.metric().apiName())
                .put("targetMicro", micro(revision.target()))
                .put("totalMicro", micro(revision.total()))
                .put("targetBurstCapacityMicro", micro(revision.targetBurstCapacity()))
                .put("panicThresholdMicro", micro(revision.panicThreshold()))
                .put("stableWindowMs", revision.stableWindowNanos() / KnativeJson.MILLI_NANOS)
                .put("panicWindowMs", revision.panicWindowNanos() / KnativeJson.MILLI_NANOS)
                .put("scaleDownDelayMs", revision.scaleDownDelayNanos() / KnativeJson.MILLI_NANOS)
                .put("initialScale", revision.initialScale())
                .put("minScale", revision.minScale())
                .put("maxScale", revision.maxScale())
                .put("activationScale", revision.activationScale())
                .put(
                        "numActivators",
                        revision.numActivators(input.path("readyPods").intValue(), config.activatorCapacity()));
    }

    private static long micro(double value) {
        return Math.round(value * 1e6);
    }
}
