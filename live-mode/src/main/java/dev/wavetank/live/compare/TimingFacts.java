package dev.wavetank.live.compare;

import dev.wavetank.live.trace.Trace.HpaRow;
import dev.wavetank.live.trace.Trace.RequestRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long things take. */
final class TimingFacts {

    /** Latencies of requests are smaller than those of pods. */
    private static final double LATENCY_MILLIS = 25;

    /** An autoscaler looks every 15 s, at a moment of its own. */
    private static final double AUTOSCALER_MILLIS = 16_000;

    private TimingFacts() {}

    static List<Fact> of(Sides sides) {
        List<Fact> facts = new ArrayList<>();
        boolean timelines = recorded(sides.a()) && recorded(sides.b());
        if (timelines) {
            Map<String, List<Long>> left = pooled(sides.a());
            Map<String, List<Long>> right = pooled(sides.b());
            Map<String, List<Long>> names = new LinkedHashMap<>(left);
            right.forEach(names::putIfAbsent);
            boolean autoscaled = sides.any(Observed::isAutoscaled);
            Tolerance limits = sides.tolerance();
            for (String name : names.keySet()) {
                if (autoscaled && name.contains("action")) {
                    continue;
                }
                facts.add(sides.timing(
                        name, left.getOrDefault(name, List.of()), right.getOrDefault(name, List.of()), limits));
            }
        }
        facts.addAll(autoscalers(sides));
        List<Double> left = latencies(sides.a());
        List<Double> right = latencies(sides.b());
        if (!left.isEmpty() && !right.isEmpty()) {
            facts.add(sides.timing(
                    "latency of answered requests",
                    left,
                    right,
                    sides.tolerance().withMillis(LATENCY_MILLIS)));
        }
        return facts;
    }

    private static boolean recorded(List<Observed> runs) {
        return runs.stream().anyMatch(run -> !run.trace().timeline().isEmpty());
    }

    /** Every duration of all runs, by what was waited for. */
    private static Map<String, List<Long>> pooled(List<Observed> runs) {
        Map<String, List<Long>> all = new LinkedHashMap<>();
        for (Observed run : runs) {
            Durations.of(run)
                    .forEach((name, durations) -> all.computeIfAbsent(name, unused -> new ArrayList<>())
                            .addAll(durations));
        }
        return all;
    }

    private static List<Double> latencies(List<Observed> runs) {
        List<Double> millis = new ArrayList<>();
        for (Observed run : runs) {
            for (RequestRow request : run.trace().requests()) {
                Double latency = request.millis();
                if (!request.failed() && latency != null) {
                    millis.add(latency);
                }
            }
        }
        return millis;
    }

    /** When an autoscaler first wants more, most, and its last size, since the start. */
    private static List<Fact> autoscalers(Sides sides) {
        Map<String, List<Long>> left = moments(sides.a());
        Map<String, List<Long>> right = moments(sides.b());
        List<Fact> facts = new ArrayList<>();
        if (!left.isEmpty() && !right.isEmpty()) {
            Map<String, List<Long>> names = new TreeMap<>(left);
            right.forEach(names::putIfAbsent);
            Tolerance limits = new Tolerance(sides.tolerance().alpha(), 1, AUTOSCALER_MILLIS);
            for (String name : names.keySet()) {
                facts.add(sides.timing(
                        name, left.getOrDefault(name, List.of()), right.getOrDefault(name, List.of()), limits));
            }
        }
        return facts;
    }

    private static Map<String, List<Long>> moments(List<Observed> runs) {
        Map<String, List<Long>> moments = new LinkedHashMap<>();
        for (Observed run : runs) {
            int before = 0;
            long lastChange = Observed.NEVER;
            boolean grown = false;
            for (HpaRow row : run.trace().autoscalers()) {
                if (before != 0 && row.desiredReplicas() > before && !grown) {
                    grown = true;
                    add(moments, "start → the autoscaler first wants more", row.at());
                }
                if (before != 0 && row.desiredReplicas() != before) {
                    lastChange = row.at();
                }
                before = row.desiredReplicas() == 0 ? before : row.desiredReplicas();
            }
            if (lastChange != Observed.NEVER) {
                add(moments, "start → the autoscaler's last change", lastChange);
            }
        }
        return moments;
    }

    private static void add(Map<String, List<Long>> moments, String name, long at) {
        moments.computeIfAbsent(name, unused -> new ArrayList<>()).add(at);
    }
}
