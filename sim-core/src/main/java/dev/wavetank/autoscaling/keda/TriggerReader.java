package dev.wavetank.autoscaling.keda;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.keda.Fallback.TargetType;
import dev.wavetank.autoscaling.keda.Trigger.Kind;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.manifest.Field;
import java.util.List;
import java.util.Locale;

/**
 * Reads the triggers of a ScaledObject. Of the many scalers those are known whose metric is a length or a series, for these
 * all come to the same; cron; cpu and memory.
 *
 * <p>Source: keda 2.20 pkg/scalers, the metadata of each.
 */
final class TriggerReader {

    private static final double MILLI = 1000;

    /**
     * How the metadata of one type of trigger is written.
     *
     * @param sources keys that may name the source, the first that is there counts
     * @param target key of the target
     * @param usual target where it is not given; empty if it must be
     * @param activation key of the activation threshold
     */
    private record Scaler(List<String> sources, String target, String usual, String activation) {}

    private static final ImmutableMap<String, Scaler> SCALERS = ImmutableMap.<String, Scaler>builder()
            .put("rabbitmq", new Scaler(List.of("queueName"), "value", "20", "activationValue"))
            .put("redis", new Scaler(List.of("listName"), "listLength", "5", "activationListLength"))
            .put("redis-streams", new Scaler(List.of("stream"), "pendingEntriesCount", "5", "activationLagCount"))
            .put(
                    "aws-sqs-queue",
                    new Scaler(List.of("queueURL", "queueURLFromEnv"), "queueLength", "5", "activationQueueLength"))
            .put(
                    "azure-servicebus",
                    new Scaler(List.of("queueName", "topicName"), "messageCount", "5", "activationMessageCount"))
            .put("azure-queue", new Scaler(List.of("queueName"), "queueLength", "5", "activationQueueLength"))
            .put("kafka", new Scaler(List.of("topic", "consumerGroup"), "lagThreshold", "10", "activationLagThreshold"))
            .put("nats-jetstream", new Scaler(List.of("stream"), "lagThreshold", "10", "activationLagThreshold"))
            .put("prometheus", new Scaler(List.of("query"), "threshold", "", "activationThreshold"))
            .put("metrics-api", new Scaler(List.of("valueLocation", "url"), "targetValue", "", "activationTargetValue"))
            .put(
                    "external",
                    new Scaler(List.of("metricName", "scalerAddress"), "targetValue", "1", "activationTargetValue"))
            .buildOrThrow();

    private TriggerReader() {}

    static List<String> types() {
        return java.util.stream.Stream.concat(
                        SCALERS.keySet().stream(), List.of("cron", "cpu", "memory", "external-push").stream())
                .sorted()
                .toList();
    }

    static Trigger read(Field trigger, int index) {
        Field typeField =
                trigger.expectObject().get("type").required("Say which type: " + String.join(", ", types()) + ".");
        String type = typeField.choice("cron", types(), text -> text);
        String name = trigger.get("name").text("");
        boolean cached = trigger.get("useCachedMetrics").bool(false);
        String metricType =
                trigger.get("metricType").choice("", List.of("AverageValue", "Value", "Utilization"), text -> text);
        Field metadata =
                trigger.get("metadata").required("Describe the trigger.").expectObject();
        return switch (type) {
            case "cron" -> cron(metadata, index, name);
            case "cpu", "memory" -> resource(metadata, type, index, name, metricType);
            case "external-push" ->
                new Trigger(
                        type,
                        Kind.PUSH,
                        name,
                        metricName(
                                index, "http", metadata.get("httpScaledObject").text("")),
                        metadata.get("httpScaledObject").text(""),
                        number(metadata.get("targetValue"), "100"),
                        TargetType.AVERAGE_VALUE,
                        false,
                        0,
                        true,
                        false,
                        null);
            default -> external(metadata, type, index, name, metricType, cached);
        };
    }

    private static String metricName(int index, String type, String source) {
        String clean =
                source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return "s" + index + "-" + type + (clean.isEmpty() ? "" : "-" + clean);
    }

    private static Trigger external(
            Field metadata, String type, int index, String name, String metricType, boolean cached) {
        Scaler scaler = SCALERS.getOrDefault(type, new Scaler(List.of(), "value", "1", "activationValue"));
        String source = "";
        for (String key : scaler.sources()) {
            Field field = metadata.get(key);
            source = source.isEmpty() && field.isPresent() ? field.node().asText() : source;
        }
        if (source.isEmpty()) {
            metadata.get(scaler.sources().get(0)).required("Name what the trigger looks at.");
        }
        // a queue's URL ends with its name
        String last = type.equals("aws-sqs-queue") ? source.substring(source.lastIndexOf('/') + 1) : source;
        Field target = metadata.get(scaler.target());
        if (scaler.usual().isEmpty()) {
            target.required("Say how much one replica is to take.");
        }
        return new Trigger(
                type,
                Kind.EXTERNAL,
                name,
                metricName(index, type, type.equals("prometheus") ? "" : last),
                last,
                Math.max(1, number(target, scaler.usual().isEmpty() ? "1" : scaler.usual())),
                metricType.equals("Value") ? TargetType.VALUE : TargetType.AVERAGE_VALUE,
                false,
                number(metadata.get(scaler.activation()), "0"),
                type.equals("prometheus")
                        && !metadata.get("ignoreNullValues")
                                .node()
                                .asText("true")
                                .equals("false"),
                cached,
                null);
    }

    private static Trigger cron(Field metadata, int index, String name) {
        Field timezone = metadata.get("timezone").required("Name the time zone, such as Europe/Berlin.");
        Field start = metadata.get("start").required("Say when it begins, such as \"0 8 * * *\".");
        Field end = metadata.get("end").required("Say when it ends, such as \"0 18 * * *\".");
        Field desired = metadata.get("desiredReplicas").required("Say how many replicas there are to be.");
        String zone = timezone.node().asText("UTC");
        String from = start.node().asText("0 0 * * *");
        CronTrigger cron = end.parsed(
                new CronTrigger("UTC", "0 0 * * *", "0 1 * * *", 1),
                to -> new CronTrigger(
                        zone, from, to, Integer.parseInt(desired.node().asText("1"))));
        return new Trigger(
                "cron",
                Kind.CRON,
                name,
                metricName(index, "cron", zone + "-" + from + "-" + end.node().asText("")),
                "",
                (long) MILLI,
                TargetType.AVERAGE_VALUE,
                false,
                0,
                false,
                false,
                cron);
    }

    private static Trigger resource(Field metadata, String type, int index, String name, String metricType) {
        Field value = metadata.get("value").required("Say what it is to come to, such as value: \"60\".");
        // metadata.type is the older way to say it
        String form = metricType.isEmpty() ? metadata.get("type").text("Utilization") : metricType;
        boolean utilization = form.equals("Utilization");
        return new Trigger(
                type,
                Kind.RESOURCE,
                name,
                metricName(index, type, ""),
                "",
                number(value, "60"),
                TargetType.AVERAGE_VALUE,
                utilization,
                0,
                false,
                false,
                null);
    }

    private static long number(Field field, String usual) {
        String written = field.isPresent() ? field.node().asText() : usual;
        return field.parsed(
                Quantity.parse(usual).milliValue(),
                text -> Quantity.parse(written).milliValue());
    }
}
