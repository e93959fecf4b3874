package dev.wavetank.live.compare;

import com.google.common.collect.ImmutableSet;
import dev.wavetank.live.compare.Fact.Topic;
import dev.wavetank.live.trace.Trace.DeploymentRow;
import dev.wavetank.live.trace.Trace.EventRow;
import dev.wavetank.live.trace.Trace.HpaRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Kubernetes itself says: the reasons and numbers of Events, and the last word of Deployments and autoscalers. */
final class EventFacts {

    /** Said once for each decision; all others depend on how long something takes. */
    private static final ImmutableSet<String> EXACT = ImmutableSet.of(
            "ScalingReplicaSet", "SuccessfulCreate", "SuccessfulDelete", "Scheduled", "Created", "Started", "Killing");

    /** Warnings come in groups, one for each probe that fails while something is slow. */
    private static final double GROUPED = 3;

    private EventFacts() {}

    static List<Fact> of(Sides sides) {
        List<Fact> facts = new ArrayList<>();
        boolean autoscaled = sides.any(Observed::isAutoscaled);
        for (String reason : reasons(sides)) {
            String name = "event " + reason;
            if (EXACT.contains(reason.substring(reason.indexOf(' ') + 1)) && !autoscaled) {
                facts.add(sides.equal(Topic.EVENTS, name, run -> text(count(run, reason))));
            } else if (autoscaled && !reason.contains("Unhealthy") && !reason.contains("BackOff")) {
                facts.add(sides.near(Topic.EVENTS, name, run -> count(run, reason)));
            } else {
                facts.add(rate(sides, reason, name));
            }
        }
        facts.addAll(deployments(sides));
        if (autoscaled) {
            facts.addAll(autoscalers(sides));
        }
        return facts;
    }

    private static SortedSet<String> reasons(Sides sides) {
        return Stream.concat(sides.a().stream(), sides.b().stream())
                .flatMap(run -> run.trace().events().stream())
                .map(EventFacts::reason)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String reason(EventRow event) {
        return event.kind() + " " + event.reason();
    }

    private static @Nullable Integer count(Observed run, String reason) {
        return run.trace().events().isEmpty()
                ? null
                : (int) run.trace().events().stream()
                        .filter(event -> reason(event).equals(reason))
                        .count();
    }

    private static @Nullable String text(@Nullable Integer count) {
        return count == null ? null : String.valueOf(count);
    }

    private static Fact rate(Sides sides, String reason, String name) {
        List<Integer> left = counts(sides.a(), reason);
        List<Integer> right = counts(sides.b(), reason);
        if (left.isEmpty() || right.isEmpty()) {
            return sides.equal(Topic.EVENTS, name, run -> text(count(run, reason)));
        }
        double p = Rates.pValue(sum(left), left.size(), sum(right), right.size(), GROUPED);
        Fact shown = sides.near(Topic.EVENTS, name, run -> count(run, reason));
        return new Fact(
                Topic.EVENTS,
                name,
                shown.a(),
                shown.b(),
                shown.verdict() == Verdict.AGREE || p >= sides.tolerance().alpha() ? Verdict.AGREE : Verdict.DIFFER,
                p);
    }

    private static List<Integer> counts(List<Observed> runs, String reason) {
        List<Integer> counts = new ArrayList<>();
        for (Observed run : runs) {
            Integer count = count(run, reason);
            if (count != null) {
                counts.add(count);
            }
        }
        return counts;
    }

    private static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    /** By name where there are several; a recording of one leaves the name out. */
    private static List<Fact> deployments(Sides sides) {
        TreeSet<String> names = new TreeSet<>();
        boolean named = true;
        for (Observed run :
                Stream.concat(sides.a().stream(), sides.b().stream()).toList()) {
            for (DeploymentRow row : run.trace().deployments()) {
                names.add(row.name());
                named &= !row.name().isEmpty();
            }
        }
        if (!named || names.size() < 2) {
            return List.of(sides.equal(Topic.EVENTS, "Deployment in the end", run -> last(run, "")));
        }
        return names.stream()
                .map(name -> sides.equal(Topic.EVENTS, "Deployment " + name + " in the end", run -> last(run, name)))
                .toList();
    }

    private static @Nullable String last(Observed run, String name) {
        String text = null;
        for (DeploymentRow row : run.trace().deployments()) {
            if (name.isEmpty() || row.name().equals(name)) {
                text = row.replicas() + " pods, " + row.updatedReplicas() + " updated, " + row.readyReplicas()
                        + " ready, " + row.availableReplicas() + " available" + conditions(row.conditions());
            }
        }
        return text;
    }

    private static String conditions(Map<String, String> conditions) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(conditions)
                .forEach((type, status) ->
                        text.append(", ").append(type).append(' ').append(status));
        return text.toString();
    }

    private static List<Fact> autoscalers(Sides sides) {
        return List.of(
                sides.near(Topic.EVENTS, "most replicas the autoscaler wants", EventFacts::mostDesired),
                sides.near(Topic.EVENTS, "replicas the autoscaler wants in the end", EventFacts::lastDesired),
                sides.equal(Topic.EVENTS, "what the autoscaler says in the end", EventFacts::lastWords));
    }

    private static @Nullable Integer mostDesired(Observed run) {
        return run.isAutoscaled()
                ? run.trace().autoscalers().stream()
                        .mapToInt(HpaRow::desiredReplicas)
                        .max()
                        .orElse(0)
                : null;
    }

    private static @Nullable HpaRow last(Observed run) {
        List<HpaRow> rows = run.trace().autoscalers();
        return rows.isEmpty() ? null : rows.get(rows.size() - 1);
    }

    private static @Nullable Integer lastDesired(Observed run) {
        HpaRow row = last(run);
        return row == null ? null : row.desiredReplicas();
    }

    private static @Nullable String lastWords(Observed run) {
        HpaRow row = last(run);
        return row == null ? null : conditions(row.conditions()).replaceFirst("^, ", "");
    }
}
