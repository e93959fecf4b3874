package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.ReplicasOwnership;
import org.jspecify.annotations.Nullable;

/** {@code replicas-ownership}: who sets and owns a Deployment's size, one operation after another. */
final class ReplicasOwnershipTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "replicas-ownership";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode answer = Json.object();
        ArrayNode steps = answer.putArray("steps");
        ReplicasOwnership state = null;
        for (JsonNode operation : input.path("operations")) {
            ReplicasOwnership.Outcome outcome = state == null ? created(operation) : changed(state, operation);
            state = outcome.after();
            steps.add(written(outcome));
        }
        return answer;
    }

    private static ReplicasOwnership.Outcome created(JsonNode operation) {
        Integer replicas = WorkloadJson.optionalInt(operation.path("replicas"));
        return switch (operation.path("op").asText()) {
            case "create" -> ReplicasOwnership.create(replicas);
            case "apply" -> ReplicasOwnership.createByApply(replicas);
            case "serverSideApply" ->
                ReplicasOwnership.createByServerSideApply(
                        operation.path("manager").asText(), replicas);
            default -> throw new IllegalArgumentException("cannot create by " + operation);
        };
    }

    private static ReplicasOwnership.Outcome changed(ReplicasOwnership state, JsonNode operation) {
        Integer replicas = WorkloadJson.optionalInt(operation.path("replicas"));
        String manager = operation.path("manager").asText();
        return switch (operation.path("op").asText()) {
            case "apply" -> state.apply(replicas);
            case "serverSideApply" ->
                state.serverSideApply(manager, replicas, operation.path("force").asBoolean());
            case "scale" -> state.scale(manager, number(replicas));
            case "edit" -> state.edit(manager, number(replicas));
            default -> throw new IllegalArgumentException("cannot change by " + operation);
        };
    }

    private static int number(@Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }

    private static ObjectNode written(ReplicasOwnership.Outcome outcome) {
        ReplicasOwnership after = outcome.after();
        ObjectNode step = Json.object();
        step.put("result", outcome.result().text());
        if (!outcome.conflicts().isEmpty()) {
            ArrayNode conflicts = step.putArray("conflictsWith");
            outcome.conflicts().forEach(conflicts::add);
        }
        step.put("replicas", after.replicas());
        step.put("generation", after.generation());
        ArrayNode owners = step.putArray("replicasOwners");
        after.owners().forEach(owner -> owners.add(owner.toString()));
        ReplicasOwnership.LastApplied note = after.lastApplied();
        if (note != null) {
            step.put("lastAppliedReplicas", note.replicas());
        }
        return step;
    }
}
