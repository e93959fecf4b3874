package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.VictimCandidate;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Resources;

/** Reads the pods of the workload vectors. */
final class WorkloadPods {

    static final PodSpec BARE_SPEC = spec(ImmutableList.of());

    private WorkloadPods() {}

    static Pod read(JsonNode pod) {
        ObjectMeta metadata = ObjectMeta.named("default", pod.path("name").asText())
                .withUid(pod.path("uid").asText())
                .withCreationTimestamp(WorkloadJson.instant(pod.path("creationMs")));
        if (pod.path("deleting").asBoolean()) {
            metadata = metadata.withDeletion(0, 30);
        }
        if (pod.has("podDeletionCost")) {
            metadata = metadata.withAnnotation(
                    VictimCandidate.DELETION_COST, pod.path("podDeletionCost").asText());
        }
        PodStatus status = new PodStatus(
                phase(pod.path("phase").asText()),
                readyCondition(pod),
                ImmutableList.<ContainerStatus>builder()
                        .addAll(restarts("sidecar", pod.path("sidecarRestartCounts")))
                        .addAll(restarts("init", pod.path("initRestartCounts")))
                        .build(),
                restarts("main", pod.path("restartCounts")),
                "",
                0);
        return new Pod(
                metadata,
                spec(ImmutableList.<Container>builder()
                        .addAll(containers("sidecar", true, pod.path("sidecarRestartCounts")))
                        .addAll(containers("init", false, pod.path("initRestartCounts")))
                        .build()),
                pod.path("nodeName").asText(),
                status);
    }

    private static ImmutableList<PodCondition> readyCondition(JsonNode pod) {
        if (!pod.has("ready")) {
            return ImmutableList.of();
        }
        return ImmutableList.of(new PodCondition(
                PodCondition.Type.READY,
                pod.path("ready").asBoolean() ? PodCondition.Status.TRUE : PodCondition.Status.FALSE,
                WorkloadJson.instant(pod.path("readyTransitionMs")),
                "",
                ""));
    }

    /** A pod without a phase has not been looked at yet. */
    private static PodPhase phase(String text) {
        for (PodPhase phase : PodPhase.values()) {
            if (phase.text().equals(text)) {
                return phase;
            }
        }
        return PodPhase.PENDING;
    }

    private static ImmutableList<ContainerStatus> restarts(String name, JsonNode counts) {
        ImmutableList.Builder<ContainerStatus> statuses = ImmutableList.builder();
        for (int i = 0; i < counts.size(); i++) {
            statuses.add(new ContainerStatus(
                    name + i,
                    new ContainerState.Running(0),
                    null,
                    true,
                    true,
                    counts.get(i).intValue()));
        }
        return statuses.build();
    }

    private static ImmutableList<Container> containers(String name, boolean sidecar, JsonNode counts) {
        ImmutableList.Builder<Container> containers = ImmutableList.builder();
        for (int i = 0; i < counts.size(); i++) {
            containers.add(container(name + i, sidecar));
        }
        return containers.build();
    }

    private static Container container(String name, boolean sidecar) {
        return new Container(
                name,
                "image",
                Container.ImagePullPolicy.IF_NOT_PRESENT,
                ImmutableList.of(),
                Resources.NONE,
                Resources.NONE,
                null,
                null,
                null,
                Lifecycle.NONE,
                sidecar);
    }

    private static PodSpec spec(ImmutableList<Container> initContainers) {
        return new PodSpec(
                initContainers,
                ImmutableList.of(),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                NullNode.getInstance());
    }
}
