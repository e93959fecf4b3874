package dev.wavetank.autoscaling.vpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods and VPAs for the updater's tests: the recommendation is 500 m, with bounds of 400 m and 600 m, and no memory. */
final class UpdaterFixtures {

    static final long MINUTE = 60L * 1_000_000_000;
    static final long DAY = 24 * 60 * MINUTE;

    private UpdaterFixtures() {}

    static UpdatablePod pod(String name, long cpuMillis) {
        return pod(name, false, cpuMillis, null);
    }

    static UpdatablePod pending(String name, long cpuMillis) {
        return pod(name, true, cpuMillis, null);
    }

    static UpdatablePod resizing(String name, ResizeCondition condition) {
        return pod(name, false, 100, condition);
    }

    static UpdatablePod pod(String name, boolean pending, long cpuMillis, @Nullable ResizeCondition resize) {
        ContainerResources app =
                new ContainerResources("app", new ResourceAmounts(cpuMillis, null), ResourceAmounts.NONE);
        return new UpdatablePod(name, pending, MINUTE, List.of(app), null, resize);
    }

    static Updater.Target target(UpdateMode mode, int configuredReplicas) {
        return target(mode, configuredReplicas, Updater.DEFAULT_MIN_REPLICAS, List.of());
    }

    static Updater.Target target(
            UpdateMode mode, int configuredReplicas, int minReplicas, List<EvictionRequirement> requirements) {
        ResourceAmounts cpu = new ResourceAmounts(500L, null);
        return new Updater.Target(
                mode,
                minReplicas,
                configuredReplicas,
                List.of(new ContainerRecommendation(
                        "app", new ResourceAmounts(400L, null), cpu, new ResourceAmounts(600L, null), cpu, List.of())),
                ResourcePolicy.NONE,
                requirements,
                LimitRangeItem.NONE,
                null);
    }

    static List<String> pods(List<Updater.Decision> decisions, Updater.Action action) {
        return decisions.stream()
                .filter(decision -> decision.action() == action)
                .map(Updater.Decision::pod)
                .toList();
    }
}
