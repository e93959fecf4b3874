package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.hpa.DescribedObject;
import dev.wavetank.autoscaling.hpa.ExternalMetric;
import dev.wavetank.autoscaling.hpa.MetricIdentifier;
import dev.wavetank.autoscaling.hpa.MetricSelector;
import dev.wavetank.autoscaling.hpa.MetricSpec;
import dev.wavetank.autoscaling.hpa.MetricTarget;
import dev.wavetank.autoscaling.hpa.MetricsSnapshot;
import dev.wavetank.autoscaling.hpa.ObjectMetric;
import dev.wavetank.autoscaling.hpa.PodMetric;
import dev.wavetank.autoscaling.hpa.PodMetricsSample;
import dev.wavetank.autoscaling.hpa.PodsMetric;
import dev.wavetank.autoscaling.hpa.Reading;
import dev.wavetank.autoscaling.hpa.ResourceMetric;
import dev.wavetank.autoscaling.hpa.UnknownMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads metric specs, and what the metrics APIs answered, from the vectors. */
final class HpaMetrics {

    private HpaMetrics() {}

    static List<MetricSpec> specs(JsonNode metrics) {
        List<MetricSpec> read = new ArrayList<>();
        metrics.forEach(metric -> read.add(spec(metric)));
        return read;
    }

    private static MetricSpec spec(JsonNode metric) {
        String name = metric.path("name").asText();
        String type = metric.path("type").asText();
        return switch (type) {
            case "Resource" -> new ResourceMetric(name, null, target(metric));
            case "ContainerResource" ->
                new ResourceMetric(name, metric.path("container").asText(), target(metric));
            case "Pods" -> new PodsMetric(plain(name), target(metric).amount());
            case "Object" -> new ObjectMetric(describedObject(metric), plain(name), target(metric));
            case "External" -> new ExternalMetric(externalIdentifier(name), target(metric));
            default -> new UnknownMetric(type);
        };
    }

    private static MetricIdentifier plain(String name) {
        return new MetricIdentifier(name, null);
    }

    /** The vectors' external metrics carry a selector that asks for nothing. */
    private static MetricIdentifier externalIdentifier(String name) {
        return new MetricIdentifier(name, MetricSelector.EMPTY);
    }

    private static DescribedObject describedObject(JsonNode metric) {
        JsonNode object = metric.path("describedObject");
        return new DescribedObject(
                object.path("kind").asText(), object.path("name").asText());
    }

    private static MetricTarget target(JsonNode metric) {
        JsonNode target = metric.path("target");
        return switch (target.path("type").asText()) {
            case "Utilization" ->
                MetricTarget.utilization(target.path("averageUtilization").intValue());
            case "Value" -> MetricTarget.value(target.path("value").longValue());
            default -> MetricTarget.averageValue(target.path("averageValue").longValue());
        };
    }

    static MetricsSnapshot snapshot(JsonNode input) {
        Map<MetricIdentifier, Reading<Map<String, PodMetric>>> pods = new LinkedHashMap<>();
        Map<MetricsSnapshot.ObjectKey, Reading<Long>> objects = new LinkedHashMap<>();
        Map<MetricIdentifier, Reading<List<Long>>> externals = new LinkedHashMap<>();
        for (JsonNode metric : input.path("spec").path("metrics")) {
            String name = metric.path("name").asText();
            switch (metric.path("type").asText()) {
                case "Pods" ->
                    pods.put(
                            plain(name),
                            reading(
                                    input.path("customMetricsError"),
                                    byPod(input.path("podCustomMetrics").path(name))));
                case "Object" ->
                    objects.put(
                            new MetricsSnapshot.ObjectKey(describedObject(metric), plain(name)), object(input, name));
                case "External" ->
                    externals.put(
                            externalIdentifier(name),
                            reading(
                                    input.path("externalMetricsError"),
                                    values(input.path("externalMetrics").path(name))));
                default -> {}
            }
        }
        return new MetricsSnapshot(
                reading(input.path("podMetricsError"), samples(input.path("podMetrics"))), pods, objects, externals);
    }

    private static <T> Reading<T> reading(JsonNode error, T value) {
        return error.isTextual() ? Reading.failed(error.asText()) : Reading.of(value);
    }

    private static Reading<Long> object(JsonNode input, String name) {
        JsonNode value = input.path("objectMetrics").path(name);
        if (input.path("customMetricsError").isTextual()) {
            return Reading.failed(input.path("customMetricsError").asText());
        }
        return value.isNumber() ? Reading.of(value.longValue()) : Reading.failed("metric not found");
    }

    private static Map<String, PodMetric> byPod(JsonNode values) {
        Map<String, PodMetric> read = new LinkedHashMap<>();
        values.forEach(value -> read.put(value.path("pod").asText(), HpaJson.podMetric(value)));
        return read;
    }

    private static List<PodMetricsSample> samples(JsonNode podMetrics) {
        List<PodMetricsSample> read = new ArrayList<>();
        for (JsonNode pod : podMetrics) {
            List<PodMetricsSample.ContainerUsage> containers = new ArrayList<>();
            for (JsonNode container : pod.path("containers")) {
                containers.add(new PodMetricsSample.ContainerUsage(
                        container.path("name").asText(), HpaJson.longs(container.path("usage"))));
            }
            read.add(new PodMetricsSample(
                    pod.path("name").asText(),
                    HpaJson.nanos(pod.path("timestamp")),
                    HpaJson.nanos(pod.path("window")),
                    containers));
        }
        return read;
    }

    private static List<Long> values(JsonNode values) {
        List<Long> read = new ArrayList<>();
        values.forEach(value -> read.add(value.longValue()));
        return read;
    }

    static long external(JsonNode values) {
        return MetricsSnapshot.sum(values(values));
    }
}
