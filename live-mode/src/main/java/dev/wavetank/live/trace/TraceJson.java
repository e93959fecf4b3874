package dev.wavetank.live.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.live.trace.Trace.Action;
import dev.wavetank.live.trace.Trace.DeploymentRow;
import dev.wavetank.live.trace.Trace.EventRow;
import dev.wavetank.live.trace.Trace.HpaRow;
import dev.wavetank.live.trace.Trace.PodRow;
import dev.wavetank.live.trace.Trace.RequestRow;
import dev.wavetank.live.trace.Trace.SliceRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a trace, one row of each list on a line of its own. */
public final class TraceJson {

    private final JsonGenerator json;

    private TraceJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes a file. */
    public static void write(Trace trace, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(trace, out);
        }
    }

    /** Writes to a stream, which stays open. */
    public static void write(Trace trace, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory(new ObjectMapper()).createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new TraceJson(json).write(trace);
        }
        out.write('\n');
    }

    /** Writes one row of a list. */
    private interface RowWriter<T> {
        void write(T row) throws IOException;
    }

    private void write(Trace trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", Trace.FORMAT);
        json.writeObjectFieldStart("source");
        json.writeStringField("kind", trace.source().kind());
        json.writeStringField("kubernetes", trace.source().kubernetes());
        json.writeStringField("mode", trace.source().mode());
        json.writeNumberField("nodes", trace.source().nodes());
        json.writeEndObject();
        json.writeStringField("scenario", trace.scenario());
        number("seed", trace.seed());
        rows("actions", trace.actions(), this::action);
        rows("timeline", trace.timeline(), this::pod);
        rows("endpoints", trace.endpoints(), this::slice);
        rows("deployment", trace.deployments(), this::deployment);
        rows("hpa", trace.autoscalers(), this::hpa);
        rows("events", trace.events(), this::event);
        if (trace.counts().isEmpty()) {
            rows("requests", trace.requests(), this::request);
        } else {
            json.writeObjectField("counts", trace.counts());
        }
        json.writeEndObject();
    }

    private <T> void rows(String list, Iterable<T> rows, RowWriter<T> writer) throws IOException {
        json.writeArrayFieldStart(list);
        for (T row : rows) {
            json.writeRaw('\n');
            json.writeStartObject();
            writer.write(row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void action(Action row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("action", row.verb());
        for (Map.Entry<String, Object> detail : row.details().entrySet()) {
            json.writeObjectField(detail.getKey(), detail.getValue());
        }
    }

    private void pod(PodRow row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("type", row.type());
        json.writeStringField("pod", row.pod());
        json.writeStringField("phase", row.phase());
        json.writeBooleanField("scheduled", row.scheduled());
        json.writeBooleanField("ready", row.ready());
        json.writeBooleanField("terminating", row.terminating());
        json.writeStringField("containerState", nullIfEmpty(row.containerState()));
        json.writeStringField("reason", nullIfEmpty(row.reason()));
        number("exitCode", row.exitCode());
        json.writeNumberField("restarts", row.restarts());
        json.writeStringField("hash", row.hash());
    }

    private void slice(SliceRow row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("slice", row.slice());
        json.writeStringField("type", row.type());
        json.writeArrayFieldStart("endpoints");
        for (Trace.Endpoint endpoint : row.endpoints()) {
            json.writeStartObject();
            json.writeStringField("pod", endpoint.pod());
            json.writeBooleanField("ready", endpoint.ready());
            json.writeBooleanField("serving", endpoint.serving());
            json.writeBooleanField("terminating", endpoint.terminating());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void deployment(DeploymentRow row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("name", row.name());
        json.writeNumberField("specReplicas", row.specReplicas());
        json.writeNumberField("replicas", row.replicas());
        json.writeNumberField("updatedReplicas", row.updatedReplicas());
        json.writeNumberField("readyReplicas", row.readyReplicas());
        json.writeNumberField("availableReplicas", row.availableReplicas());
        json.writeNumberField("unavailableReplicas", row.unavailableReplicas());
        json.writeObjectField("conditions", row.conditions());
    }

    private void hpa(HpaRow row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("name", row.name());
        number("currentReplicas", row.currentReplicas());
        json.writeNumberField("desiredReplicas", row.desiredReplicas());
        json.writeArrayFieldStart("metrics");
        if (row.utilization() != null) {
            json.writeStartObject();
            number("averageUtilization", row.utilization());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectField("conditions", row.conditions());
    }

    private void event(EventRow row) throws IOException {
        json.writeNumberField("t", row.at());
        json.writeStringField("kind", row.kind());
        json.writeStringField("object", row.object());
        json.writeStringField("type", row.type());
        json.writeStringField("reason", row.reason());
        json.writeStringField("message", row.message());
        json.writeNumberField("count", row.count());
    }

    private void request(RequestRow row) throws IOException {
        json.writeNumberField("t", row.at());
        if (row.failed()) {
            json.writeStringField("error", row.error());
        } else {
            json.writeStringField("pod", row.pod());
        }
        if (row.millis() != null) {
            json.writeNumberField("ms", row.millis());
        }
    }

    private void number(String field, @Nullable Number value) throws IOException {
        json.writeObjectField(field, value);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
