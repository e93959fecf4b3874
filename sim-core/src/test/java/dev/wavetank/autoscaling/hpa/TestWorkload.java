package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Deployment of ready pods of one container, and what their autoscaler sees of them. Times are in seconds; now is any you like. */
final class TestWorkload {

    static final long SECOND = 1_000_000_000L;
    static final String SELECTOR = "app=web";
    static final long REQUEST_MILLI = 1000;

    private TestWorkload() {}

    static HpaPod pod(String name, HpaPod.Phase phase, HpaPod.@Nullable Ready ready, HpaContainer... containers) {
        return new HpaPod(
                name,
                Map.of("app", "web"),
                phase,
                false,
                -10_000 * SECOND,
                ready,
                List.of(containers),
                List.of(),
                Map.of(),
                Map.of());
    }

    static HpaContainer container(String name, long cpuMilli) {
        return new HpaContainer(name, false, Map.of("cpu", cpuMilli));
    }

    static HpaPod servingPod(String name) {
        return pod(
                name,
                HpaPod.Phase.RUNNING,
                new HpaPod.Ready(HpaPod.Status.TRUE, -9_000 * SECOND),
                container("app", REQUEST_MILLI));
    }

    static List<HpaPod> servingPods(int count) {
        List<HpaPod> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pods.add(servingPod("web-" + i));
        }
        return pods;
    }

    static PodMetric value(long milli) {
        return new PodMetric(milli, -5 * SECOND, 15 * SECOND);
    }

    static ReplicaCalculator.PodUsage cpuUsage(int replicas, List<HpaPod> pods, Map<String, PodMetric> metrics) {
        return new ReplicaCalculator.PodUsage(
                replicas, pods, metrics, "cpu", null, new Tolerances(0.1, 0.1), HpaOptions.DEFAULTS, 0);
    }

    static HpaSpec cpuSpec(int min, int max, int targetPercent, @Nullable HpaBehavior behavior) {
        return spec(min, max, new ResourceMetric("cpu", null, MetricTarget.utilization(targetPercent)), behavior);
    }

    static HpaSpec spec(int min, int max, MetricSpec metric, @Nullable HpaBehavior behavior) {
        return new HpaSpec(
                "shop", "web", new ScaleTargetRef("apps/v1", "Deployment", "web"), min, max, List.of(metric), behavior);
    }

    /** What one sync sees of {@code replicas} serving pods, each using {@code usageMilli} of CPU. */
    static HpaSyncInput sync(HpaSpec spec, int replicas, long usageMilli, HpaMemory memory, long now) {
        List<HpaPod> pods = servingPods(replicas);
        List<PodMetricsSample> samples = new ArrayList<>();
        for (HpaPod pod : pods) {
            samples.add(new PodMetricsSample(
                    pod.name(),
                    now - 5 * SECOND,
                    15 * SECOND,
                    List.of(new PodMetricsSample.ContainerUsage("app", Map.of("cpu", usageMilli)))));
        }
        return new HpaSyncInput(
                spec,
                HpaStatus.EMPTY,
                Reading.of(new HpaScale(replicas, replicas, SELECTOR)),
                new PodSelection(null, pods, List.of()),
                MetricsSnapshot.ofPods(samples),
                memory,
                HpaOptions.DEFAULTS,
                now);
    }

    static HpaSyncInput withStatus(HpaSyncInput in, HpaStatus status) {
        return new HpaSyncInput(
                in.spec(), status, in.scale(), in.selection(), in.metrics(), in.memory(), in.options(), in.now());
    }

    static HpaSyncInput withOptions(HpaSyncInput in, HpaOptions options) {
        return new HpaSyncInput(
                in.spec(), in.status(), in.scale(), in.selection(), in.metrics(), in.memory(), options, in.now());
    }

    static HpaSyncInput withScale(HpaSyncInput in, Reading<HpaScale> scale, PodSelection selection) {
        return new HpaSyncInput(
                in.spec(), in.status(), scale, selection, in.metrics(), in.memory(), in.options(), in.now());
    }

    static HpaSyncInput withMetrics(HpaSyncInput in, MetricsSnapshot metrics) {
        return new HpaSyncInput(
                in.spec(), in.status(), in.scale(), in.selection(), metrics, in.memory(), in.options(), in.now());
    }
}
