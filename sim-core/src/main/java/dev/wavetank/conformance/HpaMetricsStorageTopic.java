package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.metrics.MetricsPoint;
import dev.wavetank.autoscaling.metrics.MetricsStorage;
import dev.wavetank.autoscaling.metrics.PodMetrics;
import java.util.Map;
import java.util.TreeMap;

/** {@code metrics-server-storage}: what is served after each scrape. */
final class HpaMetricsStorageTopic implements Topic {

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public String name() {
        return "metrics-server-storage";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        long resolution = HpaJson.nanos(input.path("metricResolution"));
        MetricsStorage storage = MetricsStorage.EMPTY;
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode scrape : input.path("scrapes")) {
            storage = storage.store(batch(scrape.path("pods")), resolution);
            ObjectNode served = answer.addObject();
            storage.metrics().forEach(pod -> served.set(pod.pod(), write(pod)));
        }
        return answer;
    }

    private static Map<String, Map<String, MetricsPoint>> batch(JsonNode pods) {
        Map<String, Map<String, MetricsPoint>> batch = new TreeMap<>();
        pods.properties().forEach(pod -> {
            Map<String, MetricsPoint> containers = new TreeMap<>();
            pod.getValue()
                    .properties()
                    .forEach(container -> containers.put(container.getKey(), point(container.getValue())));
            batch.put(pod.getKey(), containers);
        });
        return batch;
    }

    private static MetricsPoint point(JsonNode point) {
        return new MetricsPoint(
                HpaJson.nanos(point.path(0)),
                HpaJson.nanos(point.path(1)),
                point.path(2).longValue(),
                point.path(3).longValue());
    }

    private static JsonNode write(PodMetrics pod) {
        ObjectNode written = Json.object();
        written.put("timestamp", HpaJson.millis(pod.timestamp()));
        written.put("windowNs", pod.windowNanos());
        ObjectNode containers = written.putObject("containers");
        for (PodMetrics.ContainerMetrics container : pod.containers()) {
            containers
                    .putObject(container.name())
                    .put("cpuNano", container.cpuNanocores())
                    .put("cpuMilli", container.cpuMillicores())
                    .put("memoryBytes", container.memoryBytes());
        }
        return written;
    }
}
