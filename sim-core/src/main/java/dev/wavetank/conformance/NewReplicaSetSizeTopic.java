package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.controllers.RollingUpdate;

/** {@code new-replicaset-size}: how large the new ReplicaSet gets in one step. */
final class NewReplicaSetSizeTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "new-replicaset-size";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        int current = input.path("newReplicaSetReplicas").intValue();
        int total = current;
        for (JsonNode old : input.path("oldReplicaSetReplicas")) {
            total += old.intValue();
        }
        return Json.object()
                .put("newReplicaSetReplicas", RollingUpdate.newSize(DeploymentBench.spec(input), total, current));
    }
}
