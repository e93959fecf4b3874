package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.cluster.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many replicas a Deployment was to have, over time: simulated, or as a recording has it. */
record ReplicaCurve(List<Change> changes) {

    /** A change of the size. */
    record Change(long millis, int from, int to) {}

    static ReplicaCurve of(History history, int initial) {
        List<Change> changes = new ArrayList<>();
        int size = initial;
        for (History.DeploymentRow row : history.deployments()) {
            size = add(
                    changes, row.at() / 1_000_000, size, row.deployment().spec().replicas());
        }
        return new ReplicaCurve(changes);
    }

    static ReplicaCurve of(JsonNode recording, int initial) {
        List<Change> changes = new ArrayList<>();
        int size = initial;
        for (JsonNode row : recording.path("deployment")) {
            size = add(
                    changes,
                    row.path("t").asLong(),
                    size,
                    row.path("specReplicas").asInt());
        }
        return new ReplicaCurve(changes);
    }

    private static int add(List<Change> changes, long millis, int before, int after) {
        if (after != before) {
            changes.add(new Change(millis, before, after));
        }
        return after;
    }

    long firstGrowth() {
        return changes.stream()
                .filter(change -> change.to() > change.from())
                .findFirst()
                .orElseThrow()
                .millis();
    }

    /** When it first had as many as {@code size}. */
    long reached(int size) {
        return changes.stream()
                .filter(change -> change.to() >= size)
                .findFirst()
                .orElseThrow()
                .millis();
    }

    /** When, after it had more, it was first down to {@code size} or fewer. */
    long fellTo(int size) {
        return changes.stream()
                .filter(change -> change.to() < change.from() && change.to() <= size)
                .findFirst()
                .orElseThrow()
                .millis();
    }

    int peak() {
        return changes.stream().mapToInt(Change::to).max().orElseThrow();
    }

    int last() {
        return changes.get(changes.size() - 1).to();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%.1f s: %d → %d",
                    text.length() == 0 ? "" : ", ",
                    change.millis() / 1000.0,
                    change.from(),
                    change.to()));
        }
        return text.toString();
    }
}
