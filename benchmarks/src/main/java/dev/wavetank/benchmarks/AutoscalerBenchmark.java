package dev.wavetank.benchmarks;

import dev.wavetank.autoscaling.hpa.HpaContainer;
import dev.wavetank.autoscaling.hpa.HpaDecision;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.HpaPod;
import dev.wavetank.autoscaling.hpa.HpaReconciler;
import dev.wavetank.autoscaling.hpa.HpaScale;
import dev.wavetank.autoscaling.hpa.HpaSpec;
import dev.wavetank.autoscaling.hpa.HpaStatus;
import dev.wavetank.autoscaling.hpa.HpaSyncInput;
import dev.wavetank.autoscaling.hpa.MetricTarget;
import dev.wavetank.autoscaling.hpa.MetricsSnapshot;
import dev.wavetank.autoscaling.hpa.PodMetricsSample;
import dev.wavetank.autoscaling.hpa.PodSelection;
import dev.wavetank.autoscaling.hpa.Reading;
import dev.wavetank.autoscaling.hpa.ResourceMetric;
import dev.wavetank.autoscaling.hpa.ScaleTargetRef;
import dev.wavetank.autoscaling.metrics.MetricsPoint;
import dev.wavetank.autoscaling.metrics.MetricsStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a period of autoscaling costs: one sync of an HPA whose selector matches all pods of its namespace, selection
 * included, and one scrape that metrics-server stores and serves from.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Autoscaler}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AutoscalerBenchmark {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_000 * SECOND;
    private static final String SELECTOR = "app=web";

    /** Pods of the one workload. */
    @Param({"10", "1000", "10000"})
    public int pods;

    private final List<HpaPod> candidates = new ArrayList<>();
    private final List<PodMetricsSample> samples = new ArrayList<>();
    private final Map<String, Map<String, MetricsPoint>> before = new TreeMap<>();
    private final Map<String, Map<String, MetricsPoint>> after = new TreeMap<>();
    private @Nullable HpaSpec spec;

    /** Pods that use 55m of 100m each, a target of 50 %. */
    @Setup
    public void prepare() {
        spec = new HpaSpec(
                "default",
                "web",
                new ScaleTargetRef("apps/v1", "Deployment", "web"),
                1,
                100_000,
                List.of(new ResourceMetric("cpu", null, MetricTarget.utilization(50))),
                null);
        for (int i = 0; i < pods; i++) {
            String name = String.format(Locale.ROOT, "web-%05d", i);
            candidates.add(new HpaPod(
                    name,
                    Map.of("app", "web", "pod-template-hash", "abc"),
                    HpaPod.Phase.RUNNING,
                    false,
                    0L,
                    new HpaPod.Ready(HpaPod.Status.TRUE, 10 * SECOND),
                    List.of(new HpaContainer("app", false, Map.of("cpu", 100L))),
                    List.of(),
                    Map.of(),
                    Map.of()));
            samples.add(new PodMetricsSample(
                    name,
                    NOW - 5 * SECOND,
                    15 * SECOND,
                    List.of(new PodMetricsSample.ContainerUsage("app", Map.of("cpu", 70L)))));
            before.put(name, Map.of("app", new MetricsPoint(0, NOW - 20 * SECOND, 50 * SECOND, 1 << 20)));
            after.put(name, Map.of("app", new MetricsPoint(0, NOW - 5 * SECOND, 51 * SECOND, 1 << 20)));
        }
    }

    /** One sync, from the selector to the decision. */
    @Benchmark
    public HpaDecision sync() {
        if (spec == null) {
            throw new IllegalStateException("not prepared");
        }
        return HpaReconciler.decide(new HpaSyncInput(
                spec,
                HpaStatus.EMPTY,
                Reading.of(new HpaScale(pods, pods, SELECTOR)),
                PodSelection.of(SELECTOR, candidates, Map.of()),
                MetricsSnapshot.ofPods(samples),
                HpaMemory.NONE,
                HpaOptions.DEFAULTS,
                NOW));
    }

    /** Two scrapes stored, and every pod served once. */
    @Benchmark
    public int scrapesAndServing() {
        return MetricsStorage.EMPTY
                .store(before, 15 * SECOND)
                .store(after, 15 * SECOND)
                .metrics()
                .size();
    }
}
