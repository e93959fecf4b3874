package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cost;
import dev.wavetank.cluster.History.ActionRow;
import dev.wavetank.cluster.History.EventRow;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.RunResult.Verdict;
import java.util.Locale;

/** A run as the page's scripts read it. Times are milliseconds since the first moment. */
final class ReportData {

    private static final int MOST_STEPS = 400;
    private static final int MOST_EVENTS = 400;
    private static final long MILLISECOND = 1_000_000;

    private ReportData() {}

    static ObjectNode of(ReportSource source) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("name", source.name());
        run.put("description", source.description());
        run.put("cluster", source.cluster());
        run.put("seed", source.seed());
        run.put("held", source.held());
        run.put("endedEarly", source.endedEarly());
        run.put("traceSha256", source.traceSha256());
        run.put("replay", source.replay());
        run.put("duration", source.durationNanos() / MILLISECOND);
        steps(source, run.putArray("steps"));
        verdicts(source, run.putArray("verdicts"));
        PodLanes.write(source.history(), run);
        ReplicaLines.write(source.history(), source.durationNanos(), run);
        ArrayNode clients = run.putArray("clients");
        for (Traffic traffic : source.traffic()) {
            TrafficLines.write(traffic, source.history(), source.durationNanos(), clients.addObject());
        }
        DecisionRows.write(Explanations.of(source.history(), source.decisions()), run);
        warnings(source, run.putArray("warnings"));
        ArrayNode notSimulated = run.putArray("notSimulated");
        source.notSimulated().forEach(notSimulated::add);
        cost(source.history().cost(), run.putObject("cost"));
        return run;
    }

    private static void steps(ReportSource source, ArrayNode steps) {
        for (ActionRow action : source.history().actions()) {
            if (steps.size() < MOST_STEPS) {
                ObjectNode step = steps.addObject();
                step.put("t", action.at() / MILLISECOND);
                step.put("text", action.text());
            }
        }
    }

    private static void verdicts(ReportSource source, ArrayNode verdicts) {
        for (Verdict verdict : source.verdicts()) {
            ObjectNode node = verdicts.addObject();
            node.put("form", verdict.form());
            node.put("that", verdict.condition());
            node.put("held", verdict.held());
            node.put("t", verdict.at() / MILLISECOND);
            node.put("detail", verdict.detail());
        }
    }

    private static void warnings(ReportSource source, ArrayNode warnings) {
        for (EventRow row : source.history().events()) {
            EventObject event = row.event();
            if (event.type().equals("Warning") && warnings.size() < MOST_EVENTS) {
                boolean aboutPod = event.regarding().kind().equals(ResourceKind.POD);
                ObjectNode node = warnings.addObject();
                node.put("t", Math.max(0, Math.floorDiv(row.at(), MILLISECOND)));
                node.put(
                        "about",
                        aboutPod
                                ? source.history().shortName(event.regarding().name())
                                : event.regarding().kind().kind().toLowerCase(Locale.ROOT) + "/"
                                        + event.regarding().name());
                node.put("reason", event.reason());
                node.put("message", event.message());
                node.put("count", event.count());
            }
        }
    }

    private static void cost(Cost cost, ObjectNode node) {
        node.put("podSeconds", Math.round(cost.podSeconds()));
        node.put("coreHours", Math.round(cost.coreHours() * 1e4) / 1e4);
        node.put("gibHours", Math.round(cost.gibibyteHours() * 1e4) / 1e4);
    }
}
