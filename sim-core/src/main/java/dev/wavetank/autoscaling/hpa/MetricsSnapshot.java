package dev.wavetank.autoscaling.hpa;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the three metrics APIs answer at a sync, for the pods the scale's selector matches. A metric that is not listed does not exist.
 *
 * <p>Source of the error texts: kubernetes 1.36 pkg/controller/podautoscaler/metrics/client.go.
 *
 * @param podMetrics the resource metrics API's list of pods
 * @param podsMetrics custom metrics of pods: values by pod name
 * @param objectMetrics custom metrics of objects, in thousandths
 * @param externalMetrics external metrics: the values of all series, in thousandths
 */
public record MetricsSnapshot(
        Reading<List<PodMetricsSample>> podMetrics,
        Map<MetricIdentifier, Reading<Map<String, PodMetric>>> podsMetrics,
        Map<ObjectKey, Reading<Long>> objectMetrics,
        Map<MetricIdentifier, Reading<List<Long>>> externalMetrics) {

    /**
     * A metric of an object.
     *
     * @param object the object
     * @param metric the metric
     */
    public record ObjectKey(DescribedObject object, MetricIdentifier metric) {}

    public MetricsSnapshot {
        podsMetrics = ImmutableMap.copyOf(podsMetrics);
        objectMetrics = ImmutableMap.copyOf(objectMetrics);
        externalMetrics = ImmutableMap.copyOf(externalMetrics);
    }

    /** A snapshot of the resource metrics API alone. */
    public static MetricsSnapshot ofPods(List<PodMetricsSample> podMetrics) {
        return new MetricsSnapshot(
                Reading.of(List.copyOf(podMetrics)), ImmutableMap.of(), ImmutableMap.of(), ImmutableMap.of());
    }

    /** Use of a resource by pod name; pods without a usable measurement are left out. */
    Map<String, PodMetric> resource(String resource, @Nullable String container, String namespace)
            throws MetricException {
        List<PodMetricsSample> samples = podMetrics.orThrow("unable to fetch metrics from resource metrics API: ");
        if (samples.isEmpty()) {
            throw new MetricException("no metrics returned from resource metrics API");
        }
        Map<String, PodMetric> byPod = new LinkedHashMap<>();
        for (PodMetricsSample sample : samples) {
            PodMetric metric =
                    container == null ? sample.ofPod(resource) : sample.ofContainer(container, resource, namespace);
            if (metric != null) {
                byPod.put(sample.pod(), metric);
            }
        }
        return byPod;
    }

    Map<String, PodMetric> ofPods(MetricIdentifier metric) throws MetricException {
        Reading<Map<String, PodMetric>> reading = podsMetrics.get(metric);
        Map<String, PodMetric> values = reading == null
                ? ImmutableMap.of()
                : reading.orThrow("unable to fetch metrics from custom metrics API: ");
        if (values.isEmpty()) {
            throw new MetricException("no metrics returned from custom metrics API");
        }
        return values;
    }

    long ofObject(ObjectKey key) throws MetricException {
        Reading<Long> reading = objectMetrics.get(key);
        Reading<Long> found = reading != null
                ? reading
                : Reading.failed("the server could not find the metric "
                        + key.metric().name() + " for "
                        + key.object().kind() + " " + key.object().name());
        return found.orThrow("unable to fetch metrics from custom metrics API: ");
    }

    long external(MetricIdentifier metric) throws MetricException {
        Reading<List<Long>> reading = externalMetrics.get(metric);
        List<Long> values =
                reading == null ? List.of() : reading.orThrow("unable to fetch metrics from external metrics API: ");
        if (values.isEmpty()) {
            throw new MetricException("no metrics returned from external metrics API");
        }
        return sum(values);
    }

    /** All series of an external metric added up; the sum stops at the largest long. */
    public static long sum(List<Long> values) {
        long sum = 0;
        for (long value : values) {
            if (value > 0 && sum > Long.MAX_VALUE - value) {
                return Long.MAX_VALUE;
            }
            sum += value;
        }
        return sum;
    }
}
