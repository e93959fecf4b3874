package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Times;
import dev.wavetank.node.ObservedContainer;
import dev.wavetank.node.PodConditions;
import dev.wavetank.node.PodPhases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The phase and conditions of a pod, from its containers. */
final class PodPhaseConditionsTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "pod-phase-conditions";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<ObservedContainer> containers = new ArrayList<>();
        for (JsonNode container : input.get("containers")) {
            containers.add(new ObservedContainer(
                    container.get("name").textValue(),
                    ObservedContainer.Role.valueOf(
                            container.get("kind").textValue().toUpperCase(Locale.ROOT)),
                    status(container)));
        }
        PodPhase phase = PodPhases.of(
                containers,
                ProbeInputs.restartPolicy(input.get("restartPolicy")),
                input.path("podIsTerminal").asBoolean(),
                input.path("aRegularContainerHasStarted").asBoolean());
        PodConditions.Value ready = PodConditions.containersReady(containers, phase);
        ObjectNode answer = Json.object().put("phase", phase.text());
        answer.set("ContainersReady", condition(ready));
        answer.set("Ready", condition(ready));
        answer.set("Initialized", condition(PodConditions.initialized(containers, phase)));
        return answer;
    }

    private static @Nullable ContainerStatus status(JsonNode container) {
        ContainerState last = container.has("lastExitCode")
                ? terminated(container.get("lastExitCode").intValue())
                : null;
        ContainerState state;
        switch (container.get("state").textValue()) {
            case "noStatus" -> {
                return null;
            }
            case "running" -> state = new ContainerState.Running(0);
            case "terminated" -> state = terminated(container.path("exitCode").intValue());
            default -> state = new ContainerState.Waiting("", "");
        }
        return new ContainerStatus(
                container.get("name").textValue(),
                state,
                last,
                container.path("ready").asBoolean(),
                container.path("startedFlag").asBoolean(),
                0);
    }

    private static ContainerState terminated(int exitCode) {
        return new ContainerState.Terminated(exitCode, "", Times.NONE, Times.NONE);
    }

    private static ObjectNode condition(PodConditions.Value value) {
        ObjectNode condition = Json.object().put("status", value.status().text());
        if (!value.reason().isEmpty()) {
            condition.put("reason", value.reason());
        }
        if (!value.message().isEmpty()) {
            condition.put("message", value.message());
        }
        return condition;
    }
}
