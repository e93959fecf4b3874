package dev.wavetank.autoscaling;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.hpa.HpaContainer;
import dev.wavetank.autoscaling.hpa.HpaPod;
import dev.wavetank.model.Container;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.Times;
import java.util.List;
import java.util.Locale;

/** Turns pods into what the autoscaler sees of them. */
final class HpaPods {

    private HpaPods() {}

    static HpaPod of(Pod pod) {
        PodCondition ready = pod.status().condition(PodCondition.Type.READY);
        long startTime = pod.status().startTime();
        return new HpaPod(
                pod.name(),
                pod.metadata().labels(),
                HpaPod.Phase.valueOf(pod.status().phase().text().toUpperCase(Locale.ROOT)),
                pod.metadata().isBeingDeleted(),
                Times.isSet(startTime) ? Long.valueOf(startTime) : null,
                ready == null
                        ? null
                        : new HpaPod.Ready(HpaPod.Status.valueOf(ready.status().name()), ready.lastTransitionTime()),
                containers(pod.spec().containers()),
                containers(pod.spec().initContainers()),
                ImmutableMap.of(),
                ImmutableMap.of());
    }

    private static List<HpaContainer> containers(List<Container> containers) {
        return containers.stream()
                .map(container -> new HpaContainer(container.name(), container.sidecar(), requests(container)))
                .collect(ImmutableList.toImmutableList());
    }

    /** A request that is not stated is absent, which is not the same as one of 0. */
    private static ImmutableMap<String, Long> requests(Container container) {
        ImmutableMap.Builder<String, Long> requests = ImmutableMap.builder();
        if (container.requests().cpuMillis() > 0) {
            requests.put("cpu", container.requests().cpuMillis());
        }
        if (container.requests().memoryBytes() > 0) {
            requests.put("memory", container.requests().memoryBytes() * 1000);
        }
        return requests.buildOrThrow();
    }
}
