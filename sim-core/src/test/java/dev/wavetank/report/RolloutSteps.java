package dev.wavetank.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a trace, recorded or simulated, says about its rollouts: which pods came and went in which order, and how long it took. */
final class RolloutSteps {

    private static final Set<String> ROLLOUT_ACTIONS = Set.of("scale", "patch", "apply");
    private static final Pattern SIZE = Pattern.compile("Scaled (?:up|down) replica set (\\S+) from (\\d+) to (\\d+)");

    private record Change(long at, char what) {}

    private final List<String> waves = new ArrayList<>();
    private final List<String> sizes = new ArrayList<>();
    private final Map<String, List<Long>> durations = new LinkedHashMap<>();

    private RolloutSteps() {}

    static RolloutSteps of(JsonNode trace) {
        RolloutSteps steps = new RolloutSteps();
        Map<String, List<JsonNode>> rowsByPod = new LinkedHashMap<>();
        trace.path("timeline")
                .forEach(row -> rowsByPod
                        .computeIfAbsent(row.path("pod").asText(), unused -> new ArrayList<>())
                        .add(row));
        rowsByPod.values().forEach(steps::addPod);
        steps.addWaves(trace, changes(rowsByPod));
        steps.addSizes(trace);
        return steps;
    }

    /** For each action, {@code C} for every pod created and {@code D} for every deletion begun, in order. */
    List<String> waves() {
        return waves;
    }

    /** The sizes the Deployment's events announce, such as {@code new 1->2}, in order; ReplicaSets by order of appearance. */
    List<String> sizes() {
        return sizes;
    }

    /** Milliseconds, by what was waited for. */
    Map<String, List<Long>> durations() {
        return durations;
    }

    private static List<Change> changes(Map<String, List<JsonNode>> rowsByPod) {
        List<Change> changes = new ArrayList<>();
        rowsByPod.values().forEach(rows -> {
            long created = first(rows, row -> row.path("type").asText().equals("ADDED"));
            long terminating = first(rows, row -> row.path("terminating").asBoolean());
            if (created >= 0) {
                changes.add(new Change(created, 'C'));
            }
            if (terminating >= 0) {
                changes.add(new Change(terminating, 'D'));
            }
        });
        changes.sort(Comparator.comparingLong(Change::at));
        return changes;
    }

    private void addPod(List<JsonNode> rows) {
        long created = first(rows, row -> row.path("type").asText().equals("ADDED"));
        long scheduled = first(rows, row -> row.path("scheduled").asBoolean());
        long running = first(rows, row -> row.path("containerState").asText().equals("running"));
        long ready = first(rows, row -> row.path("ready").asBoolean());
        long terminating = first(rows, row -> row.path("terminating").asBoolean());
        long exited = first(
                rows,
                row -> row.path("terminating").asBoolean()
                        && row.path("containerState").asText().equals("terminated"));
        long gone = first(rows, row -> row.path("type").asText().equals("DELETED"));
        if (created >= 0) {
            add("created → scheduled", created, scheduled);
            add("scheduled → running", scheduled, running);
            add("running → ready", running, ready);
        }
        add("terminating → exited", terminating, exited);
        add("exited → gone", exited, gone);
    }

    private void addWaves(JsonNode trace, List<Change> changes) {
        List<Long> starts = new ArrayList<>();
        trace.path("actions").forEach(action -> {
            if (ROLLOUT_ACTIONS.contains(action.path("action").asText())) {
                starts.add(action.path("t").asLong());
            }
        });
        for (int i = 0; i < starts.size(); i++) {
            long from = starts.get(i);
            long to = i + 1 < starts.size() ? starts.get(i + 1) : Long.MAX_VALUE;
            List<Change> wave = changes.stream()
                    .filter(change -> change.at() >= from && change.at() < to)
                    .toList();
            StringBuilder letters = new StringBuilder();
            wave.forEach(change -> letters.append(change.what()));
            waves.add(letters.toString());
            if (!wave.isEmpty()) {
                add("action → first pod", from, wave.get(0).at());
                add(
                        "first → last pod of wave " + (i + 1),
                        wave.get(0).at(),
                        wave.get(wave.size() - 1).at());
            }
        }
    }

    private void addSizes(JsonNode trace) {
        Map<String, String> names = new LinkedHashMap<>();
        trace.path("events").forEach(event -> {
            Matcher size = SIZE.matcher(event.path("message").asText());
            if (event.path("reason").asText().equals("ScalingReplicaSet") && size.find()) {
                String name = names.computeIfAbsent(size.group(1), unused -> "set-" + (names.size() + 1));
                sizes.add(name + " " + size.group(2) + "->" + size.group(3));
            }
        });
    }

    private void add(String name, long from, long to) {
        if (from >= 0 && to >= 0) {
            durations.computeIfAbsent(name, unused -> new ArrayList<>()).add(to - from);
        }
    }

    private static long first(List<JsonNode> rows, Predicate<JsonNode> condition) {
        for (JsonNode row : rows) {
            if (condition.test(row)) {
                return row.path("t").asLong();
            }
        }
        return -1;
    }

    static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    static long least(List<Long> values) {
        return Collections.min(values);
    }

    static long most(List<Long> values) {
        return Collections.max(values);
    }
}
