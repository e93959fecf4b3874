package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.hpa.HpaBehavior;
import dev.wavetank.autoscaling.hpa.HpaContainer;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.HpaPod;
import dev.wavetank.autoscaling.hpa.PodMetric;
import dev.wavetank.autoscaling.hpa.ScalingPolicy;
import dev.wavetank.autoscaling.hpa.ScalingRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values the HPA's vectors have in common. Times are milliseconds there and nanoseconds here. */
final class HpaJson {

    static final String NAMESPACE = "test-namespace";

    private static final long MILLI = 1_000_000L;

    private HpaJson() {}

    static long nanos(JsonNode millis) {
        return millis.longValue() * MILLI;
    }

    static long millis(long nanos) {
        return nanos / MILLI;
    }

    static HpaOptions options(JsonNode options, JsonNode featureGates) {
        HpaOptions defaults = HpaOptions.DEFAULTS;
        return new HpaOptions(
                options.path("tolerance").asDouble(defaults.tolerance()),
                nanos(options, "downscaleStabilizationWindow", defaults.downscaleStabilizationNanos()),
                nanos(options, "cpuInitializationPeriod", defaults.cpuInitializationNanos()),
                nanos(options, "initialReadinessDelay", defaults.initialReadinessDelayNanos()),
                featureGates.path("HPAConfigurableTolerance").asBoolean(defaults.configurableTolerance()),
                featureGates.path("HPAScaleToZero").asBoolean(defaults.scaleToZero()),
                featureGates.path("PodLevelResources").asBoolean(defaults.podLevelResources()));
    }

    private static long nanos(JsonNode node, String field, long otherwise) {
        return node.has(field) ? nanos(node.path(field)) : otherwise;
    }

    static List<HpaPod> pods(JsonNode pods) {
        List<HpaPod> read = new ArrayList<>();
        pods.forEach(pod -> read.add(pod(pod)));
        return read;
    }

    private static HpaPod pod(JsonNode pod) {
        JsonNode ready = pod.path("ready");
        return new HpaPod(
                pod.path("name").asText(),
                pod.has("labels") ? texts(pod.path("labels")) : Map.of("name", "test-pod"),
                phase(pod.path("phase").asText()),
                pod.hasNonNull("deletionTimestamp"),
                pod.hasNonNull("startTime") ? nanos(pod.path("startTime")) : null,
                ready.isObject()
                        ? new HpaPod.Ready(
                                status(ready.path("status").asText()), nanos(ready.path("lastTransitionTime")))
                        : null,
                containers(pod.path("containers")),
                containers(pod.path("initContainers")),
                longs(pod.path("podRequests")),
                Map.of());
    }

    static HpaPod.Phase phase(String text) {
        return text.isEmpty() ? HpaPod.Phase.UNKNOWN : HpaPod.Phase.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static HpaPod.Status status(String text) {
        return HpaPod.Status.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static List<HpaContainer> containers(JsonNode containers) {
        List<HpaContainer> read = new ArrayList<>();
        for (JsonNode container : containers) {
            read.add(new HpaContainer(
                    container.path("name").asText(),
                    container.path("restartPolicy").asText().equals("Always"),
                    longs(container.path("requests"))));
        }
        return read;
    }

    static Map<String, String> texts(JsonNode map) {
        Map<String, String> read = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> read.put(entry.getKey(), entry.getValue().asText()));
        return read;
    }

    static Map<String, Long> longs(JsonNode map) {
        Map<String, Long> read = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> read.put(entry.getKey(), entry.getValue().longValue()));
        return read;
    }

    static Map<String, PodMetric> podMetrics(JsonNode byPod) {
        Map<String, PodMetric> read = new LinkedHashMap<>();
        byPod.properties().forEach(entry -> read.put(entry.getKey(), podMetric(entry.getValue())));
        return read;
    }

    static PodMetric podMetric(JsonNode metric) {
        return new PodMetric(
                metric.path("value").longValue(), nanos(metric.path("timestamp")), nanos(metric.path("window")));
    }

    static @Nullable HpaBehavior behavior(JsonNode behavior) {
        return behavior.isObject()
                ? new HpaBehavior(
                        rules(behavior.path("scaleUp"), ScalingRules.SCALE_UP_DEFAULTS),
                        rules(behavior.path("scaleDown"), ScalingRules.SCALE_DOWN_DEFAULTS))
                : null;
    }

    static ScalingRules rules(JsonNode rules, ScalingRules defaults) {
        JsonNode window = rules.path("stabilizationWindowSeconds");
        JsonNode selectPolicy = rules.path("selectPolicy");
        JsonNode tolerance = rules.path("tolerance");
        return defaults.overriddenBy(
                window.isNumber() ? window.intValue() : null,
                selectPolicy.isTextual()
                        ? ScalingRules.SelectPolicy.valueOf(
                                selectPolicy.asText().toUpperCase(Locale.ROOT))
                        : null,
                rules.path("policies").isArray() ? policies(rules.path("policies")) : null,
                tolerance.isNumber() ? tolerance.longValue() * 1e-3 : null);
    }

    private static List<ScalingPolicy> policies(JsonNode policies) {
        List<ScalingPolicy> read = new ArrayList<>();
        for (JsonNode policy : policies) {
            read.add(new ScalingPolicy(
                    ScalingPolicy.Type.valueOf(policy.path("type").asText().toUpperCase(Locale.ROOT)),
                    policy.path("value").intValue(),
                    policy.path("periodSeconds").intValue()));
        }
        return read;
    }

    static HpaMemory memory(JsonNode recommendations, JsonNode scaleUpEvents, JsonNode scaleDownEvents) {
        return new HpaMemory(
                recommendations.isArray() ? recommendations(recommendations) : null,
                events(scaleUpEvents),
                events(scaleDownEvents));
    }

    static List<HpaMemory.Recommendation> recommendations(JsonNode list) {
        List<HpaMemory.Recommendation> read = new ArrayList<>();
        list.forEach(
                entry -> read.add(new HpaMemory.Recommendation(entry.path(0).intValue(), nanos(entry.path(1)))));
        return read;
    }

    static List<HpaMemory.ScaleEvent> events(JsonNode list) {
        List<HpaMemory.ScaleEvent> read = new ArrayList<>();
        list.forEach(entry -> read.add(new HpaMemory.ScaleEvent(
                entry.path(0).intValue(), nanos(entry.path(1)), entry.path(2).intValue() != 0)));
        return read;
    }

    static ArrayNode recommendations(List<HpaMemory.Recommendation> list) {
        ArrayNode written = Json.MAPPER.createArrayNode();
        list.forEach(entry -> written.addArray().add(entry.replicas()).add(millis(entry.timestamp())));
        return written;
    }

    static ArrayNode events(List<HpaMemory.ScaleEvent> list) {
        ArrayNode written = Json.MAPPER.createArrayNode();
        list.forEach(entry -> written.addArray()
                .add(entry.replicaChange())
                .add(millis(entry.timestamp()))
                .add(entry.outdated() ? 1 : 0));
        return written;
    }

    static ArrayNode sorted(List<String> names) {
        ArrayNode written = Json.MAPPER.createArrayNode();
        names.stream().sorted().forEach(written::add);
        return written;
    }
}
