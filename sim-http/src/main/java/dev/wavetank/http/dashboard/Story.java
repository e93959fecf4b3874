package dev.wavetank.http.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.model.DecisionLog;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What has happened, line by line, from three sources in the order of time: what was done from outside, what became of pods,
 * and what was decided and why. Keeps the last few hundred lines. Lives on the simulation's thread.
 */
final class Story {

    private static final int MOST_LINES = 300;
    private static final long MILLISECOND = 1_000_000;

    /** One line; {@code number} grows by one from line to line. */
    private record Line(long number, ObjectNode json) {}

    private final Cluster cluster;
    private final History history;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long count;
    private int actionsSeen;
    private int podsSeen;
    private long decisionsSeen;

    Story(Cluster cluster, History history) {
        this.cluster = cluster;
        this.history = history;
    }

    /** Takes up what is new. */
    void read() {
        List<ObjectNode> fresh = new java.util.ArrayList<>();
        List<History.ActionRow> actions = history.actions();
        for (; actionsSeen < actions.size(); actionsSeen++) {
            History.ActionRow action = actions.get(actionsSeen);
            fresh.add(line(action.at() + history.origin(), "action", "▶", action.text(), ""));
        }
        List<History.PodRow> pods = history.pods();
        podsSeen = Math.max(podsSeen, pods.size() - MOST_LINES);
        for (; podsSeen < pods.size(); podsSeen++) {
            History.PodRow row = pods.get(podsSeen);
            fresh.add(line(row.at() + history.origin(), "pod", row.name(), status(row), ""));
        }
        DecisionLog log = cluster.decisions();
        List<DecisionLog.Decision> decisions = log.decisions();
        long newest = log.dropped() + decisions.size();
        decisionsSeen = Math.max(decisionsSeen, newest - Math.min(MOST_LINES, decisions.size()));
        for (; decisionsSeen < newest; decisionsSeen++) {
            DecisionLog.Decision decision = decisions.get((int) (decisionsSeen - log.dropped()));
            String about = decision.about().name();
            fresh.add(line(
                    decision.at(),
                    kind(decision),
                    decision.actor() + " " + about,
                    decision.outcome(),
                    decision.because()));
        }
        fresh.sort(Comparator.comparingLong(line -> line.path("t").asLong()));
        for (ObjectNode line : fresh) {
            line.put("number", ++count);
            lines.add(new Line(count, line));
            if (lines.size() > MOST_LINES) {
                lines.remove();
            }
        }
    }

    /** The lines after a number. */
    ArrayNode since(long number) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Line line : lines) {
            if (line.number() > number) {
                array.add(line.json());
            }
        }
        return array;
    }

    long count() {
        return count;
    }

    private static String kind(DecisionLog.Decision decision) {
        String actor = decision.actor().toLowerCase(java.util.Locale.ROOT);
        return actor.contains("horizontal") || actor.contains("hpa") ? "hpa" : "decision";
    }

    private static String status(History.PodRow row) {
        if (row.type().equals("DELETED")) {
            return "gone";
        }
        String ready = row.ready() ? ", ready" : "";
        String restarts = row.restarts() > 0 ? ", restarts " + row.restarts() : "";
        if (row.terminating()) {
            return "Terminating" + ready;
        }
        String reason = row.reason();
        return (reason == null ? row.phase() : reason) + ready + restarts;
    }

    private static ObjectNode line(long at, String kind, String who, String what, String why) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("t", at / MILLISECOND);
        json.put("kind", kind);
        json.put("who", who);
        json.put("what", what);
        json.put("why", why);
        return json;
    }
}
