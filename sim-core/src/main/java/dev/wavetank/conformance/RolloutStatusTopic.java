package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.DeploymentConditions;
import dev.wavetank.controllers.RolloutStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.WorkloadCondition;

/** {@code kubectl-rollout-status}: the line kubectl prints for a Deployment's figures. */
final class RolloutStatusTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "kubectl-rollout-status";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode given = Json.object();
        given.setAll((ObjectNode) input);
        given.put("name", "web");
        Deployment deployment =
                DeploymentBench.read(Json.object().set("deployment", given)).deployment();
        String reason = input.path("status").path("progressingReason").asText();
        if (!reason.isEmpty()) {
            deployment = deployment.withStatus(deployment
                    .status()
                    .withConditions(ImmutableList.of(new WorkloadCondition(
                            DeploymentConditions.PROGRESSING, PodCondition.Status.TRUE, reason, "", 0, 0))));
        }
        RolloutStatus status =
                RolloutStatus.of(deployment, input.path("revisionFlag").longValue());
        ObjectNode answer = Json.object();
        if (status.message() != null) {
            answer.put("message", status.message());
        }
        answer.put("done", status.done());
        if (status.error() != null) {
            answer.put("error", status.error());
        }
        return answer;
    }
}
