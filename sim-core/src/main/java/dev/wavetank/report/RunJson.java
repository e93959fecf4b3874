package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.network.Traffic;
import dev.wavetank.network.TrafficSeries;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.RunResult.Verdict;
import org.HdrHistogram.Histogram;

/** A run's outcome as a tree for programs; times in milliseconds unless the name says otherwise. */
public final class RunJson {

    private RunJson() {}

    /** The outcome of one run. */
    public static ObjectNode of(RunResult result, String traceSha256) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("scenario", result.scenario().name());
        run.put("seed", result.scenario().seed());
        run.put("held", result.held());
        if (!result.endedEarly().isEmpty()) {
            run.put("endedEarly", result.endedEarly());
        }
        run.put("traceSha256", traceSha256);
        ArrayNode traffic = run.putArray("traffic");
        result.traffic().forEach(client -> traffic.add(traffic(client, result)));
        ObjectNode cost = run.putObject("cost");
        cost.put("podSeconds", result.history().cost().podSeconds());
        cost.put("coreHours", result.history().cost().coreHours());
        cost.put("gibHours", result.history().cost().gibibyteHours());
        ArrayNode expectations = run.putArray("expectations");
        result.verdicts().forEach(verdict -> expectations.add(verdict(verdict)));
        ArrayNode warnings = run.putArray("warnings");
        result.scenario().warnings().forEach(warnings::add);
        ArrayNode notSimulated = run.putArray("notSimulated");
        result.scenario().notSimulated().forEach(notSimulated::add);
        return run;
    }

    private static ObjectNode traffic(Traffic traffic, RunResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("client", traffic.client());
        node.put("sent", traffic.sent());
        node.put("answered", traffic.answered());
        node.put("failed", traffic.failed());
        node.put("inFlight", traffic.inFlight());
        ObjectNode errors = node.putObject("errors");
        traffic.failures().forEach((failure, count) -> errors.put(failure.text(), count));
        ObjectNode perPod = node.putObject("perPod");
        traffic.answeredByPod()
                .forEach((pod, count) -> perPod.put(result.history().shortName(pod), count));
        Histogram latency = traffic.latency();
        ObjectNode percentiles = node.putObject("latencyMs");
        percentiles.put("p50", latency.getValueAtPercentile(50) / 1e6);
        percentiles.put("p90", latency.getValueAtPercentile(90) / 1e6);
        percentiles.put("p99", latency.getValueAtPercentile(99) / 1e6);
        percentiles.put("p999", latency.getValueAtPercentile(99.9) / 1e6);
        percentiles.put("max", latency.getMaxValue() / 1e6);
        percentiles.put("mean", latency.getMean() / 1e6);
        node.put("throughput", traffic.throughput());
        node.put("connections", traffic.connections());
        node.put("retries", traffic.retries());
        ObjectNode perNode = node.putObject("perNode");
        traffic.answeredByNode().forEach(perNode::put);
        node.put("fairness", traffic.jain());
        node.put("idlePods", traffic.idlePods());
        ObjectNode spread = node.putObject("connectionsAgainstEqualChances");
        spread.put("chiSquare", traffic.shares().chiSquare());
        spread.put("degreesOfFreedom", traffic.shares().degreesOfFreedom());
        spread.put("pValue", traffic.shares().pValue());
        ArrayNode series = node.putArray("series");
        for (TrafficSeries.Row row : traffic.series().rows()) {
            ObjectNode at = series.addObject();
            at.put("t", (row.at() - result.history().origin()) / 1_000_000);
            at.put("sent", row.sent());
            at.put("answered", row.answered());
            at.put("failed", row.failed());
            at.put("inFlight", row.inFlight());
            at.put("queued", row.queued());
        }
        return node;
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("form", verdict.form());
        node.put("that", verdict.condition());
        node.put("held", verdict.held());
        node.put("at", verdict.at() / 1_000_000);
        if (!verdict.detail().isEmpty()) {
            node.put("detail", verdict.detail());
        }
        return node;
    }
}
