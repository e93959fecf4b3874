package dev.wavetank.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wavetank.autoscaling.hpa.MetricQuantity;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.ActionRow;
import dev.wavetank.cluster.History.AutoscalerRow;
import dev.wavetank.cluster.History.DeploymentRow;
import dev.wavetank.cluster.History.EventRow;
import dev.wavetank.cluster.History.PodRow;
import dev.wavetank.cluster.History.RequestRow;
import dev.wavetank.cluster.History.SliceRow;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.MetricValue;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WorkloadCondition;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a run as {@code wavetank.trace/v1}, the format that recordings of real clusters use too. The same run gives the
 * same bytes everywhere.
 */
public final class TraceWriter {

    private static final String FORMAT = "wavetank.trace/v1";
    private static final long MILLISECOND = 1_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final RunResult result;
    private final History history;

    private TraceWriter(RunResult result) {
        this.result = result;
        this.history = result.history();
    }

    /** Writes the trace; one row of each list on a line of its own. */
    public static void write(RunResult result, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new TraceWriter(result).write(json);
        }
        out.write('\n');
    }

    /** The SHA-256 of the trace's bytes, in hexadecimal. */
    public static String sha256(RunResult result) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                write(result, out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeObjectFieldStart("source");
        json.writeStringField("kind", "sim");
        json.writeStringField("kubernetes", "v1.36");
        json.writeStringField("mode", "iptables");
        json.writeNumberField("nodes", result.scenario().cluster().nodes().size());
        json.writeEndObject();
        json.writeStringField("scenario", result.scenario().name());
        json.writeNumberField("seed", result.scenario().seed());
        actions(json);
        timeline(json);
        endpoints(json);
        deployments(json);
        autoscalers(json);
        events(json);
        requests(json);
        json.writeEndObject();
    }

    private static void startRow(JsonGenerator json, long at) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeNumberField("t", Math.floorDiv(at, MILLISECOND));
    }

    private void actions(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("actions");
        for (ActionRow row : history.actions()) {
            startRow(json, row.at());
            json.writeStringField("action", row.verb());
            for (Map.Entry<String, Object> detail : row.details().entrySet()) {
                if (detail.getValue() instanceof Integer number) {
                    json.writeNumberField(detail.getKey(), number);
                } else {
                    json.writeStringField(detail.getKey(), String.valueOf(detail.getValue()));
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void timeline(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("timeline");
        for (PodRow row : history.pods()) {
            startRow(json, row.at());
            json.writeStringField("type", row.type());
            json.writeStringField("pod", row.pod());
            json.writeStringField("phase", row.phase());
            json.writeBooleanField("scheduled", row.scheduled());
            json.writeBooleanField("ready", row.ready());
            json.writeBooleanField("terminating", row.terminating());
            json.writeStringField("containerState", row.containerState());
            json.writeStringField("reason", row.reason());
            if (row.exitCode() == null) {
                json.writeNullField("exitCode");
            } else {
                json.writeNumberField("exitCode", row.exitCode());
            }
            json.writeNumberField("restarts", row.restarts());
            json.writeStringField("hash", row.hash());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void endpoints(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("endpoints");
        for (SliceRow row : history.slices()) {
            String name = row.slice().metadata().name();
            startRow(json, row.at());
            json.writeStringField("slice", name.substring(name.lastIndexOf('-') + 1));
            json.writeStringField("type", row.type());
            json.writeArrayFieldStart("endpoints");
            for (Endpoint endpoint : row.slice().endpoints()) {
                json.writeStartObject();
                json.writeStringField("pod", history.shortName(endpoint.targetPod()));
                json.writeBooleanField("ready", endpoint.ready());
                json.writeBooleanField("serving", endpoint.serving());
                json.writeBooleanField("terminating", endpoint.terminating());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void deployments(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("deployment");
        for (DeploymentRow row : history.deployments()) {
            Deployment deployment = row.deployment();
            DeploymentStatus status = deployment.status();
            startRow(json, row.at());
            json.writeStringField("name", deployment.name());
            json.writeNumberField("specReplicas", deployment.spec().replicas());
            json.writeNumberField("replicas", status.replicas());
            json.writeNumberField("updatedReplicas", status.updatedReplicas());
            json.writeNumberField("readyReplicas", status.readyReplicas());
            json.writeNumberField("availableReplicas", status.availableReplicas());
            json.writeNumberField("unavailableReplicas", status.unavailableReplicas());
            json.writeObjectFieldStart("conditions");
            for (WorkloadCondition condition : status.conditions()) {
                json.writeStringField(condition.type(), condition.status().text() + "/" + condition.reason());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void autoscalers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("hpa");
        for (AutoscalerRow row : history.autoscalers()) {
            HorizontalPodAutoscalerStatus status = row.autoscaler().status();
            startRow(json, row.at());
            json.writeStringField("name", row.autoscaler().name());
            if (status.currentReplicas() == 0) {
                json.writeNullField("currentReplicas");
            } else {
                json.writeNumberField("currentReplicas", status.currentReplicas());
            }
            json.writeNumberField("desiredReplicas", status.desiredReplicas());
            json.writeArrayFieldStart("metrics");
            for (MetricValue metric : status.currentMetrics()) {
                metric(json, metric);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("conditions");
            for (HorizontalPodAutoscalerStatus.Condition condition : status.conditions()) {
                json.writeStringField(condition.type(), (condition.status() ? "True/" : "False/") + condition.reason());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void metric(JsonGenerator json, MetricValue metric) throws IOException {
        json.writeStartObject();
        if (!metric.type().isEmpty()) {
            json.writeStringField("name", metric.name());
        }
        Long averageValue = metric.averageValueMilli();
        Long value = metric.valueMilli();
        if (averageValue != null) {
            json.writeStringField(
                    "averageValue",
                    MetricQuantity.of(metric.name(), averageValue).toString());
        }
        if (value != null) {
            json.writeStringField(
                    "value", MetricQuantity.of(metric.name(), value).toString());
        }
        Integer averageUtilization = metric.averageUtilization();
        if (averageUtilization != null) {
            json.writeNumberField("averageUtilization", averageUtilization);
        }
        json.writeEndObject();
    }

    private void events(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (EventRow row : history.events()) {
            EventObject event = row.event();
            boolean aboutPod = event.regarding().kind().equals(ResourceKind.POD);
            startRow(json, row.at());
            json.writeStringField("kind", event.regarding().kind().kind());
            json.writeStringField(
                    "object",
                    aboutPod
                            ? history.shortName(event.regarding().name())
                            : event.regarding().kind().kind().toLowerCase(Locale.ROOT));
            json.writeStringField("type", event.type());
            json.writeStringField("reason", event.reason());
            json.writeStringField("message", event.message());
            json.writeNumberField("count", event.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void requests(JsonGenerator json) throws IOException {
        if (history.requestsDropped()) {
            counts(json);
            return;
        }
        json.writeArrayFieldStart("requests");
        for (RequestRow row : history.requests()) {
            startRow(json, row.sentAt());
            Failure failure = row.failure();
            if (failure == null) {
                json.writeStringField("pod", row.pod());
                json.writeNumberField("ms", row.latencyNanos() / MILLISECOND);
            } else {
                json.writeStringField("error", failure.text());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Requests per pod and client, where there were too many to list. */
    private void counts(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counts");
        for (Traffic traffic : result.traffic()) {
            json.writeObjectFieldStart(traffic.client());
            for (Map.Entry<String, Long> pod : traffic.answeredByPod().entrySet()) {
                json.writeNumberField(history.shortName(pod.getKey()), pod.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
