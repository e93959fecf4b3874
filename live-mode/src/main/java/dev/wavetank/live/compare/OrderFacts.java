package dev.wavetank.live.compare;

import dev.wavetank.live.compare.Fact.Topic;
import dev.wavetank.live.trace.Trace.EventRow;
import dev.wavetank.live.trace.Trace.PodRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What happens to pods, in which order and how often: decided by rules, hence the same in every run. */
final class OrderFacts {

    private static final Pattern SIZE = Pattern.compile("Scaled (?:up|down) replica set (\\S+) from (\\d+) to (\\d+)");
    private static final String BETWEEN_PHASES = " | ";

    private record Change(long at, char what) {}

    private OrderFacts() {}

    static List<Fact> of(Sides sides) {
        List<Fact> facts = new ArrayList<>();
        facts.add(sides.equal(Topic.ORDER, "actions", OrderFacts::actions));
        facts.add(sides.equal(Topic.ORDER, "pods at the start", run -> ifTimeline(run, String.valueOf(atStart(run)))));
        if (sides.any(Observed::isAutoscaled)) {
            facts.add(sides.near(Topic.ORDER, "pods created", run -> count(run, 'C')));
            facts.add(sides.near(Topic.ORDER, "pods deleted", run -> count(run, 'D')));
        } else {
            facts.add(sides.equal(
                    Topic.ORDER,
                    "creations (C) and deletions (D) after each action",
                    run -> ifTimeline(run, waves(run))));
            facts.add(
                    sides.equal(Topic.ORDER, "deleted pods, by when they came", run -> ifTimeline(run, victims(run))));
            facts.add(sides.equal(Topic.ORDER, "sizes of ReplicaSets", OrderFacts::sizes));
            facts.add(sides.equal(
                    Topic.ORDER, "fewest ready pods after each action", run -> ifTimeline(run, extremes(run, true))));
            facts.add(sides.equal(
                    Topic.ORDER, "most pods after each action", run -> ifTimeline(run, extremes(run, false))));
        }
        facts.add(sides.equal(Topic.ORDER, "lives of pods", run -> ifTimeline(run, PodLives.of(run))));
        facts.add(sides.equal(
                Topic.ORDER, "exit codes", run -> ifTimeline(run, exits(run, !sides.any(Observed::isAutoscaled)))));
        facts.add(sides.equal(Topic.ORDER, "restarts in the end", run -> ifTimeline(run, restarts(run))));
        return facts;
    }

    private static @Nullable String ifTimeline(Observed run, String value) {
        return run.trace().timeline().isEmpty() ? null : value;
    }

    private static String actions(Observed run) {
        List<String> names = new ArrayList<>();
        for (int phase = 1; phase < run.phases().count(); phase++) {
            names.add(run.phases().name(phase));
        }
        return String.join(", ", names);
    }

    private static long atStart(Observed run) {
        return run.trace().timeline().stream().filter(PodRow::isExisting).count();
    }

    private static List<Change> changes(Observed run) {
        List<Change> changes = new ArrayList<>();
        run.rowsByPod().asMap().forEach((pod, unused) -> {
            List<PodRow> rows = run.rows(pod);
            if (Observed.created(rows) != Observed.NEVER) {
                changes.add(new Change(Observed.created(rows), 'C'));
            }
            if (Observed.deletionBegun(rows) != Observed.NEVER) {
                changes.add(new Change(Observed.deletionBegun(rows), 'D'));
            }
        });
        changes.sort(Comparator.comparingLong(Change::at));
        return changes;
    }

    private static @Nullable Integer count(Observed run, char what) {
        return run.trace().timeline().isEmpty()
                ? null
                : (int) changes(run).stream()
                        .filter(change -> change.what() == what)
                        .count();
    }

    /** For each action, such as {@code C D C D}; equal neighbours are counted: {@code 4C 4D}. */
    private static String waves(Observed run) {
        List<String> waves = new ArrayList<>();
        List<Change> changes = changes(run);
        for (int phase = 0; phase < run.phases().count(); phase++) {
            int wanted = phase;
            List<Change> wave = changes.stream()
                    .filter(change -> run.phases().at(change.at()) == wanted)
                    .toList();
            if (phase > 0 || !wave.isEmpty()) {
                waves.add(letters(wave));
            }
        }
        return String.join(BETWEEN_PHASES, waves);
    }

    private static String letters(List<Change> wave) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < wave.size(); ) {
            int j = i;
            while (j < wave.size() && wave.get(j).what() == wave.get(i).what()) {
                j++;
            }
            words.add((j - i > 1 ? String.valueOf(j - i) : "") + wave.get(i).what());
            i = j;
        }
        return words.isEmpty() ? "–" : String.join(" ", words);
    }

    /** For each action that deletes, how many it takes of those that were there at the start, came after the first action, ... */
    private static String victims(Observed run) {
        Map<Integer, Map<String, Integer>> taken = new TreeMap<>();
        run.rowsByPod().asMap().forEach((pod, unused) -> {
            List<PodRow> rows = run.rows(pod);
            long deleted = Observed.deletionBegun(rows);
            if (deleted != Observed.NEVER) {
                long created = Observed.created(rows);
                String came = created == Observed.NEVER
                        ? "of the start"
                        : "of " + run.phases().name(run.phases().at(created));
                taken.computeIfAbsent(run.phases().at(deleted), phase -> new TreeMap<>())
                        .merge(came, 1, Integer::sum);
            }
        });
        List<String> phases = new ArrayList<>();
        taken.forEach((phase, counts) -> {
            List<String> words = new ArrayList<>();
            counts.forEach((came, count) -> words.add(count + " " + came));
            phases.add(run.phases().name(phase) + ": " + String.join(", ", words));
        });
        return String.join(BETWEEN_PHASES, phases);
    }

    private static @Nullable String sizes(Observed run) {
        if (run.trace().events().isEmpty()) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>();
        List<String> sizes = new ArrayList<>();
        for (EventRow event : run.trace().events()) {
            Matcher size = SIZE.matcher(event.message());
            if (event.reason().equals("ScalingReplicaSet") && size.find()) {
                String name = names.computeIfAbsent(size.group(1), unused -> "#" + (names.size() + 1));
                sizes.add(name + " " + size.group(2) + "→" + size.group(3));
            }
        }
        return String.join(", ", sizes);
    }

    /** The fewest ready pods, or the most pods that are not being deleted, after each action. */
    private static String extremes(Observed run, boolean fewestReady) {
        Map<String, PodRow> now = new LinkedHashMap<>();
        List<PodRow> rows = run.trace().timeline();
        List<String> values = new ArrayList<>();
        int next = 0;
        for (int phase = 0; phase < run.phases().count(); phase++) {
            while (phase == 0 && next < rows.size() && rows.get(next).isExisting()) {
                now.put(rows.get(next).pod(), rows.get(next));
                next++;
            }
            int extreme = value(now, fewestReady);
            while (next < rows.size() && run.phases().at(rows.get(next).at()) == phase) {
                now.put(rows.get(next).pod(), rows.get(next));
                next++;
                int value = value(now, fewestReady);
                extreme = fewestReady ? Math.min(extreme, value) : Math.max(extreme, value);
            }
            values.add(String.valueOf(extreme));
        }
        return String.join(BETWEEN_PHASES, values.size() == 1 ? values : values.subList(1, values.size()));
    }

    private static int value(Map<String, PodRow> now, boolean ready) {
        return (int) now.values().stream()
                .filter(row -> !row.isDeleted() && !row.terminating() && (row.ready() || !ready))
                .count();
    }

    private static String exits(Observed run, boolean counted) {
        Map<String, Integer> exits = new TreeMap<>();
        run.rowsByPod().asMap().forEach((pod, unused) -> {
            TreeSet<String> seen = new TreeSet<>();
            for (PodRow row : run.rows(pod)) {
                Integer code = row.exitCode();
                if (row.isTerminated() && code != null && seen.add(code + " after " + row.restarts())) {
                    exits.merge(code + (row.reason().isEmpty() ? "" : " " + row.reason()), 1, Integer::sum);
                }
            }
        });
        List<String> words = new ArrayList<>();
        exits.forEach((exit, count) -> words.add((counted ? count + " × " : "") + exit));
        return String.join(", ", words);
    }

    private static String restarts(Observed run) {
        List<Integer> restarts = new ArrayList<>();
        run.rowsByPod().asMap().forEach((pod, unused) -> {
            List<PodRow> rows = run.rows(pod);
            PodRow last = rows.get(rows.size() - 1);
            if (last.restarts() > 0) {
                restarts.add(last.restarts());
            }
        });
        return restarts.stream().sorted().map(String::valueOf).collect(java.util.stream.Collectors.joining(", "));
    }
}
