package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.hpa.MetricIdentifier;
import dev.wavetank.autoscaling.hpa.MetricsSnapshot;
import dev.wavetank.autoscaling.hpa.PodMetric;
import dev.wavetank.autoscaling.hpa.PodMetricsSample;
import dev.wavetank.autoscaling.hpa.Reading;
import dev.wavetank.autoscaling.metrics.MetricsServer;
import dev.wavetank.autoscaling.metrics.PodMetrics;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the three metrics APIs what an HPA wants to know. */
public final class MetricsClient {

    /** A custom metric of pods has this window where its adapter names none. */
    private static final long CUSTOM_WINDOW = 60 * Times.SECOND;

    private final Simulation simulation;
    private final MetricsServer server;
    private CustomMetrics custom = CustomMetrics.NONE;
    private boolean customDown;
    private @Nullable KedaMetricsServer keda;

    public MetricsClient(Simulation simulation, MetricsServer server) {
        this.simulation = simulation;
        this.server = server;
    }

    /** Serves custom and external metrics from here. */
    public void setCustom(CustomMetrics custom) {
        this.custom = custom;
    }

    /** Lets KEDA's metrics server answer for what ScaledObjects ask for. */
    public void setKeda(KedaMetricsServer keda) {
        this.keda = keda;
    }

    /** True while the custom and external metrics APIs are down. */
    public boolean isCustomDown() {
        return customDown;
    }

    /** The value of an external metric of that name, whatever its labels; null if there is none. */
    public @Nullable Long source(String namespace, String name) {
        List<Long> values = custom.external(namespace, name, null);
        return values.isEmpty()
                ? null
                : Long.valueOf(values.stream().mapToLong(Long::longValue).sum());
    }

    /** Takes the custom and external metrics APIs down, or brings them back. */
    public void setCustomDown(boolean down) {
        this.customDown = down;
    }

    /**
     * What the APIs answer now.
     *
     * @param pods the pods of the HPA's target, all in its namespace
     */
    MetricsSnapshot snapshot(HorizontalPodAutoscaler autoscaler, List<Pod> pods) {
        String namespace = autoscaler.metadata().namespace();
        Map<MetricIdentifier, Reading<Map<String, PodMetric>>> ofPods = new LinkedHashMap<>();
        Map<MetricsSnapshot.ObjectKey, Reading<Long>> ofObjects = new LinkedHashMap<>();
        Map<MetricIdentifier, Reading<List<Long>>> external = new LinkedHashMap<>();
        boolean wantsResources = false;
        for (Metric metric : autoscaler.spec().metrics()) {
            MetricIdentifier identifier = HpaValues.identifier(metric);
            switch (metric.type()) {
                case RESOURCE, CONTAINER_RESOURCE -> wantsResources = true;
                case PODS -> ofPods.put(identifier, ofPods(namespace, metric.name(), pods));
                case OBJECT -> {
                    Reading<Long> reading = ofObject(namespace, metric);
                    if (reading != null) {
                        ofObjects.put(new MetricsSnapshot.ObjectKey(HpaValues.described(metric), identifier), reading);
                    }
                }
                case EXTERNAL -> external.put(identifier, external(namespace, metric));
            }
        }
        return new MetricsSnapshot(
                wantsResources ? resources(pods) : Reading.of(List.of()), ofPods, ofObjects, external);
    }

    private Reading<List<PodMetricsSample>> resources(List<Pod> pods) {
        List<PodMetrics> served = server.metricsOf(pods);
        return served == null
                ? Reading.failed("the server is currently unable to handle the request (get pods.metrics.k8s.io)")
                : Reading.of(served.stream().map(PodMetricsSample::of).toList());
    }

    private Reading<Map<String, PodMetric>> ofPods(String namespace, String metric, List<Pod> pods) {
        if (customDown) {
            return down("pods.custom.metrics.k8s.io");
        }
        Map<String, PodMetric> values = new LinkedHashMap<>();
        long timestamp = Times.stored(simulation.now());
        custom.ofPods(namespace, metric, pods.stream().map(Pod::name).toList())
                .forEach((pod, milli) -> values.put(pod, new PodMetric(milli, timestamp, CUSTOM_WINDOW)));
        return Reading.of(values);
    }

    private @Nullable Reading<Long> ofObject(String namespace, Metric metric) {
        if (customDown) {
            return down("custom.metrics.k8s.io");
        }
        Long milli = custom.ofObject(
                namespace,
                metric.name(),
                HpaValues.described(metric).kind(),
                HpaValues.described(metric).name());
        return milli == null ? null : Reading.of(milli);
    }

    private Reading<List<Long>> external(String namespace, Metric metric) {
        KedaMetricsServer scalers = keda;
        LabelSelector selector = metric.selector();
        String object = selector == null ? null : selector.matchLabels().get(KedaMetricsServer.LABEL);
        if (scalers != null && object != null) {
            Long value = scalers.external(namespace, object, metric.name());
            return value == null
                    ? Reading.failed("unable to fetch metrics from external metrics API: error when getting metric "
                            + metric.name())
                    : Reading.of(List.of(value));
        }
        return customDown
                ? down(metric.name() + ".external.metrics.k8s.io")
                : Reading.of(custom.external(namespace, metric.name(), metric.selector()));
    }

    private static <T> Reading<T> down(String resource) {
        return Reading.failed("the server is currently unable to handle the request (get " + resource + ")");
    }
}
