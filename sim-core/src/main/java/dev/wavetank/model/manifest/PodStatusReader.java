package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.WallClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is known of a pod's life. Conditions of types the model does not have are left to be kept. */
final class PodStatusReader {

    private PodStatusReader() {}

    static PodStatus read(Field status, WallClock clock) {
        return new PodStatus(
                status.get("phase").choice(PodPhase.PENDING, List.of(PodPhase.values()), PodPhase::text),
                conditions(status, clock),
                containers(status.get("initContainerStatuses"), clock),
                containers(status.get("containerStatuses"), clock),
                status.get("podIP").text(""),
                Read.time(status.get("startTime"), clock),
                status.get("nominatedNodeName").text(""),
                status.get("reason").text(""),
                status.get("message").text(""));
    }

    private static ImmutableList<PodCondition> conditions(Field status, WallClock clock) {
        ImmutableList.Builder<PodCondition> read = ImmutableList.builder();
        for (Field condition : status.get("conditions").elements()) {
            for (PodCondition.Type type : PodCondition.Type.values()) {
                if (type.text().equals(condition.get("type").text(""))) {
                    read.add(new PodCondition(
                            type,
                            Conditions.status(condition),
                            Read.time(condition.get("lastTransitionTime"), clock),
                            condition.get("reason").text(""),
                            condition.get("message").text("")));
                }
            }
        }
        return read.build();
    }

    private static ImmutableList<ContainerStatus> containers(Field statuses, WallClock clock) {
        return statuses.elements().stream()
                .map(status -> {
                    ContainerState state = state(status.get("state"), clock);
                    return new ContainerStatus(
                            status.get("name").text(""),
                            state == null ? new ContainerState.Waiting("", "") : state,
                            state(status.get("lastState"), clock),
                            status.get("ready").bool(false),
                            status.get("started").bool(false),
                            Read.count(status.get("restartCount")));
                })
                .collect(ImmutableList.toImmutableList());
    }

    private static @Nullable ContainerState state(Field state, WallClock clock) {
        Field waiting = state.get("waiting");
        Field running = state.get("running");
        Field terminated = state.get("terminated");
        if (running.isPresent()) {
            return new ContainerState.Running(Read.time(running.get("startedAt"), clock));
        }
        if (terminated.isPresent()) {
            return new ContainerState.Terminated(
                    terminated.get("exitCode").integer(0, Integer.MIN_VALUE),
                    terminated.get("reason").text(""),
                    Read.time(terminated.get("startedAt"), clock),
                    Read.time(terminated.get("finishedAt"), clock));
        }
        return waiting.isPresent()
                ? new ContainerState.Waiting(
                        waiting.get("reason").text(""), waiting.get("message").text(""))
                : null;
    }
}
