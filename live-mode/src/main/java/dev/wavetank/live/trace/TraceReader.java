package dev.wavetank.live.trace;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.live.trace.Trace.Action;
import dev.wavetank.live.trace.Trace.DeploymentRow;
import dev.wavetank.live.trace.Trace.Endpoint;
import dev.wavetank.live.trace.Trace.EventRow;
import dev.wavetank.live.trace.Trace.HpaRow;
import dev.wavetank.live.trace.Trace.PodRow;
import dev.wavetank.live.trace.Trace.RequestRow;
import dev.wavetank.live.trace.Trace.SliceRow;
import dev.wavetank.live.trace.Trace.Source;
import dev.wavetank.scenario.InputException;
import dev.wavetank.scenario.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads trace files, those of simulations as well as recordings. What a recording leaves out is empty. */
public final class TraceReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;

    private TraceReader(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it is no trace; the message says why not
     */
    public static Trace read(Path file) {
        TraceReader reader = new TraceReader(file.toString());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw reader.wrong(
                    Files.exists(file) ? "it cannot be read: " + e.getMessage() : "there is no such file",
                    "Name a trace, such as \"wavetank run FILE --trace out.json\" writes.");
        }
        return reader.parse(bytes);
    }

    /** Reads what was written; {@code name} is what the trace will be called. */
    public static Trace parse(String name, byte[] json) {
        return new TraceReader(name).parse(json);
    }

    private Trace parse(byte[] json) {
        try {
            return trace(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw InputException.single(
                    file,
                    where == null ? Position.START : new Position(where.getLineNr(), where.getColumnNr()),
                    "this is not JSON: " + e.getOriginalMessage(),
                    "Name a trace, such as \"wavetank run FILE --trace out.json\" writes.");
        } catch (IOException e) {
            throw wrong("it cannot be read: " + e.getMessage(), "Check the file.");
        }
    }

    private Trace trace(JsonNode tree) {
        String format = tree.path("format").asText("");
        if (!format.equals(Trace.FORMAT)) {
            throw wrong(
                    format.isEmpty() ? "this is no trace, it has no format" : "its format is " + format,
                    "A trace says \"format\": \"" + Trace.FORMAT + "\".");
        }
        JsonNode source = tree.path("source");
        return new Trace(
                file,
                new Source(
                        source.path("kind").asText(""),
                        source.path("kubernetes").asText(""),
                        source.path("mode").asText(""),
                        source.path("nodes").asInt(1)),
                tree.path("scenario").asText(""),
                tree.path("seed").isNumber() ? Long.valueOf(tree.path("seed").asLong()) : null,
                rows(tree, "actions", this::action),
                rows(tree, "timeline", this::pod),
                rows(tree, "endpoints", this::slice),
                rows(tree, "deployment", this::deployment),
                rows(tree, "hpa", this::hpa),
                rows(tree, "events", this::event),
                rows(tree, "requests", this::request),
                counts(tree.path("counts")));
    }

    private <T> ImmutableList<T> rows(JsonNode tree, String list, Function<JsonNode, T> read) {
        JsonNode rows = tree.path(list);
        if (!rows.isMissingNode() && !rows.isNull() && !rows.isArray()) {
            throw wrong(list + " is no list", "A trace's " + list + " is a list of rows, each with its time t.");
        }
        ImmutableList.Builder<T> result = ImmutableList.builder();
        for (JsonNode row : rows) {
            if (!row.path("t").isNumber()) {
                throw wrong("a row of " + list + " has no time: " + shortened(row), "Give it t, in milliseconds.");
            }
            result.add(read.apply(row));
        }
        return result.build();
    }

    private Action action(JsonNode row) {
        ImmutableMap.Builder<String, Object> details = ImmutableMap.builder();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            JsonNode value = field.getValue();
            if (!field.getKey().equals("t") && !field.getKey().equals("action") && !value.isNull()) {
                details.put(field.getKey(), value.isInt() ? (Object) value.asInt() : plain(value));
            }
        }
        return new Action(at(row), text(row, "action"), details.buildOrThrow());
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private PodRow pod(JsonNode row) {
        return new PodRow(
                at(row),
                text(row, "type"),
                text(row, "pod"),
                text(row, "phase"),
                row.path("scheduled").asBoolean(),
                row.path("ready").asBoolean(),
                row.path("terminating").asBoolean(),
                text(row, "containerState"),
                text(row, "reason"),
                integer(row, "exitCode"),
                row.path("restarts").asInt(),
                text(row, "hash"));
    }

    private SliceRow slice(JsonNode row) {
        ImmutableList.Builder<Endpoint> endpoints = ImmutableList.builder();
        for (JsonNode endpoint : row.path("endpoints")) {
            endpoints.add(new Endpoint(
                    text(endpoint, "pod"),
                    endpoint.path("ready").asBoolean(),
                    endpoint.path("serving").asBoolean(),
                    endpoint.path("terminating").asBoolean()));
        }
        return new SliceRow(at(row), text(row, "slice"), text(row, "type"), endpoints.build());
    }

    private DeploymentRow deployment(JsonNode row) {
        return new DeploymentRow(
                at(row),
                text(row, "name"),
                row.path("specReplicas").asInt(),
                row.path("replicas").asInt(),
                row.path("updatedReplicas").asInt(),
                row.path("readyReplicas").asInt(),
                row.path("availableReplicas").asInt(),
                row.path("unavailableReplicas").asInt(),
                texts(row.path("conditions")));
    }

    private HpaRow hpa(JsonNode row) {
        Integer utilization = null;
        for (JsonNode metric : row.path("metrics")) {
            if (utilization == null) {
                utilization = integer(metric, "averageUtilization");
            }
        }
        return new HpaRow(
                at(row),
                text(row, "name"),
                integer(row, "currentReplicas"),
                row.path("desiredReplicas").asInt(),
                utilization,
                texts(row.path("conditions")));
    }

    private EventRow event(JsonNode row) {
        return new EventRow(
                at(row),
                text(row, "kind"),
                text(row, "object"),
                text(row, "type"),
                text(row, "reason"),
                text(row, "message"),
                row.path("count").asInt(1));
    }

    private RequestRow request(JsonNode row) {
        return new RequestRow(
                at(row),
                text(row, "pod"),
                row.path("ms").isNumber() ? Double.valueOf(row.path("ms").asDouble()) : null,
                text(row, "error"));
    }

    private static ImmutableMap<String, ImmutableMap<String, Long>> counts(JsonNode tree) {
        ImmutableMap.Builder<String, ImmutableMap<String, Long>> counts = ImmutableMap.builder();
        for (Map.Entry<String, JsonNode> group : tree.properties()) {
            ImmutableMap.Builder<String, Long> pods = ImmutableMap.builder();
            group.getValue()
                    .properties()
                    .forEach(pod -> pods.put(pod.getKey(), pod.getValue().asLong()));
            counts.put(group.getKey(), pods.buildOrThrow());
        }
        return counts.buildOrThrow();
    }

    private static ImmutableMap<String, String> texts(JsonNode tree) {
        ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
        tree.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts.buildOrThrow();
    }

    private static long at(JsonNode row) {
        return row.path("t").asLong();
    }

    private static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isNull() ? "" : value.asText("");
    }

    private static @Nullable Integer integer(JsonNode row, String field) {
        return row.path(field).isNumber() ? Integer.valueOf(row.path(field).asInt()) : null;
    }

    private static String shortened(JsonNode row) {
        String text = row.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private InputException wrong(String message, String cure) {
        return InputException.single(file, Position.START, message, cure);
    }
}
