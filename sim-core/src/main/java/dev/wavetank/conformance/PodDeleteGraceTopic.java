package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodDeletionGrace;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Times;

/** Successive requests to delete one pod. */
final class PodDeleteGraceTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "pod-delete-grace";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Pod pod = pod(input);
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        for (JsonNode request : input.get("deleteRequests")) {
            JsonNode grace = request.get("gracePeriodSeconds");
            PodDeletionGrace decision = PodDeletionGrace.decide(
                    pod,
                    grace == null || grace.isNull() ? null : grace.longValue(),
                    request.get("atMs").longValue() * Times.MILLISECOND);
            ObjectMeta metadata = pod.metadata();
            pod = pod.withMetadata(
                    metadata.withDeletion(decision.deletionTimestamp(), decision.deletionGracePeriodSeconds())
                            .withVersion(metadata.generation() + (decision.raisesGeneration() ? 1 : 0), 0));
            results.addObject()
                    .put(
                            "outcome",
                            CaseFormat.UPPER_UNDERSCORE.to(
                                    CaseFormat.LOWER_CAMEL, decision.outcome().name()))
                    .put("deletionTimestampMs", pod.metadata().deletionTimestamp() / Times.MILLISECOND)
                    .put("deletionGracePeriodSeconds", pod.metadata().deletionGracePeriodSeconds())
                    .put("generation", pod.metadata().generation());
        }
        return answer;
    }

    private static Pod pod(JsonNode input) {
        PodSpec spec = new PodSpec(
                ImmutableList.of(),
                ImmutableList.of(),
                PodSpec.RestartPolicy.ALWAYS,
                input.get("terminationGracePeriodSeconds").longValue(),
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                Json.object());
        return new Pod(
                ObjectMeta.named("default", "web").withVersion(1, 0),
                spec,
                input.path("scheduled").asBoolean() ? "node-1" : "",
                PodStatus.NEW.withPhase(ProbeInputs.phase(input.get("phase"))));
    }
}
