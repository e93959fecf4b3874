package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.RolloutUndo;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl-rollout-undo}: which revision kubectl goes back to, and what it patches. */
final class RolloutUndoTopic implements Topic {

    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "kubectl-rollout-undo";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode given = Json.object();
        given.setAll((ObjectNode) input);
        given.put("name", "web");
        Deployment deployment =
                DeploymentBench.read(Json.object().set("deployment", given)).deployment();
        deployment = deployment.withMetadata(caused(deployment.metadata(), input));
        List<ReplicaSet> owned = new ArrayList<>();
        for (JsonNode one : input.path("replicaSets")) {
            if (one.path("ownedByDeployment").asBoolean()) {
                owned.add(replicaSet(one, "web-" + owned.size(), deployment));
            }
        }
        RolloutUndo undo =
                RolloutUndo.of(deployment, owned, input.path("toRevision").longValue());
        ObjectNode answer = Json.object();
        if (undo.message() != null) {
            answer.put("message", undo.message());
        }
        if (undo.error() != null) {
            answer.put("error", undo.error());
        }
        if (undo.patched() != null) {
            String cause = undo.patched().metadata().annotation(CHANGE_CAUSE);
            answer.put(
                    "patchedPodTemplate",
                    undo.patched().spec().template().source().asText());
            answer.put("patchedChangeCause", cause == null ? "" : cause);
        }
        return answer;
    }

    private static ReplicaSet replicaSet(JsonNode given, String name, Deployment deployment) {
        ObjectNode named = Json.object();
        named.setAll((ObjectNode) given);
        named.put("name", name);
        ReplicaSet replicaSet = DeploymentBench.replicaSet(named, deployment);
        return replicaSet.withMetadata(caused(replicaSet.metadata(), given)
                .withCreationTimestamp(given.path("creationSeconds").longValue() * Times.SECOND));
    }

    private static ObjectMeta caused(ObjectMeta metadata, JsonNode given) {
        return given.has("changeCause")
                ? metadata.withAnnotation(
                        CHANGE_CAUSE, given.path("changeCause").asText())
                : metadata;
    }
}
