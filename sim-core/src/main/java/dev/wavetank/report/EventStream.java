package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.ActionRow;
import dev.wavetank.cluster.History.AutoscalerRow;
import dev.wavetank.cluster.History.DeploymentRow;
import dev.wavetank.cluster.History.EventRow;
import dev.wavetank.cluster.History.PodRow;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.report.Explanations.Explanation;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.RunResult.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A run as a stream of small JSON documents, one a line, for {@code jq} and log pipelines. Each has a {@code type}, the
 * {@code scenario}, and {@code t}, milliseconds since the first moment; they come in the order of time:
 *
 * <ul>
 *   <li>{@code run} first: name, seed, duration
 *   <li>{@code step}: what was done to the cluster
 *   <li>{@code pod}, {@code deployment}, {@code hpa}: a change of a status
 *   <li>{@code event}: a Kubernetes Event
 *   <li>{@code decision}: what an actor decided, and why
 *   <li>{@code expectation}: a verdict, at the instant that decided it
 *   <li>{@code result} last: traffic, cost and all else that {@code --output json} says of the run
 * </ul>
 */
public final class EventStream {

    private static final long MILLISECOND = 1_000_000;

    private final RunResult result;
    private final History history;
    private final List<ObjectNode> lines = new ArrayList<>();

    private EventStream(RunResult result) {
        this.result = result;
        this.history = result.history();
    }

    /** The documents, in order. */
    public static List<ObjectNode> of(RunResult result, String traceSha256) {
        return new EventStream(result).render(traceSha256);
    }

    private List<ObjectNode> render(String traceSha256) {
        history.actions().forEach(this::step);
        history.pods().forEach(this::pod);
        history.deployments().forEach(this::deployment);
        history.autoscalers().forEach(this::autoscaler);
        history.events().forEach(this::event);
        Explanations.of(result).forEach(this::decision);
        result.verdicts().forEach(this::verdict);
        // the sort keeps the order of what has one time
        lines.sort(Comparator.comparingLong(line -> line.path("t").asLong()));
        lines.add(0, first());
        ObjectNode last = line("result", history.now());
        last.setAll(RunJson.of(result, traceSha256));
        lines.add(last);
        return lines;
    }

    private ObjectNode first() {
        ObjectNode node = line("run", 0);
        node.put("seed", result.scenario().seed());
        node.put("duration", result.scenario().durationNanos() / MILLISECOND);
        node.put("description", result.scenario().description());
        return node;
    }

    private ObjectNode line(String type, long at) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", type);
        node.put("scenario", result.scenario().name());
        node.put("t", Math.floorDiv(at, MILLISECOND));
        return node;
    }

    private ObjectNode add(String type, long at) {
        ObjectNode node = line(type, at);
        lines.add(node);
        return node;
    }

    private void step(ActionRow row) {
        ObjectNode node = add("step", row.at());
        node.put("verb", row.verb());
        node.put("text", row.text());
    }

    private void pod(PodRow row) {
        ObjectNode node = add("pod", row.at());
        node.put("change", row.type());
        node.put("pod", row.pod());
        node.put("name", row.name());
        node.put("workload", row.workload());
        node.put("node", row.node());
        node.put("phase", row.phase());
        node.put("ready", row.ready());
        node.put("terminating", row.terminating());
        node.put("containerState", row.containerState());
        node.put("reason", row.reason());
        node.put("exitCode", row.exitCode());
        node.put("restarts", row.restarts());
    }

    private void deployment(DeploymentRow row) {
        ObjectNode node = add("deployment", row.at());
        node.put("name", row.deployment().name());
        node.put("specReplicas", row.deployment().spec().replicas());
        node.put("replicas", row.deployment().status().replicas());
        node.put("readyReplicas", row.deployment().status().readyReplicas());
        node.put("availableReplicas", row.deployment().status().availableReplicas());
        node.put("updatedReplicas", row.deployment().status().updatedReplicas());
    }

    private void autoscaler(AutoscalerRow row) {
        ObjectNode node = add("hpa", row.at());
        node.put("name", row.autoscaler().name());
        node.put("currentReplicas", row.autoscaler().status().currentReplicas());
        node.put("desiredReplicas", row.autoscaler().status().desiredReplicas());
    }

    private void event(EventRow row) {
        EventObject event = row.event();
        boolean aboutPod = event.regarding().kind().equals(ResourceKind.POD);
        ObjectNode node = add("event", row.at());
        node.put("level", event.type());
        node.put(
                "about",
                aboutPod
                        ? history.shortName(event.regarding().name())
                        : event.regarding().kind().kind().toLowerCase(Locale.ROOT) + "/"
                                + event.regarding().name());
        node.put("reason", event.reason());
        node.put("message", event.message());
        node.put("count", event.count());
    }

    private void decision(Explanation explanation) {
        ObjectNode node = add("decision", explanation.at());
        node.put("decision", explanation.number());
        node.put("actor", explanation.actor());
        node.put("about", explanation.about());
        node.put("outcome", explanation.outcome());
        node.put("because", explanation.because());
    }

    private void verdict(Verdict verdict) {
        ObjectNode node = add("expectation", verdict.at());
        node.put("form", verdict.form());
        node.put("that", verdict.condition());
        node.put("held", verdict.held());
        node.put("detail", verdict.detail());
    }
}
