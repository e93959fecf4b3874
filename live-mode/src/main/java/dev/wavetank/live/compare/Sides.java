package dev.wavetank.live.compare;

import com.google.common.collect.ImmutableList;
import dev.wavetank.live.compare.Fact.Topic;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two groups of runs of one scenario, and the ways of setting one thing they show side by side. */
record Sides(ImmutableList<Observed> a, ImmutableList<Observed> b, Tolerance tolerance) {

    private static final String NOT_RECORDED = "not recorded";

    boolean any(Predicate<Observed> condition) {
        return Stream.concat(a.stream(), b.stream()).anyMatch(condition);
    }

    /** The first run of either side, whose phases name those of all. */
    Observed leader() {
        return a.get(0);
    }

    int phases() {
        return Stream.concat(a.stream(), b.stream())
                .mapToInt(run -> run.phases().count())
                .max()
                .orElse(0);
    }

    String phaseName(int phase) {
        for (Observed run : Stream.concat(a.stream(), b.stream()).toList()) {
            if (phase < run.phases().count()) {
                return run.phases().name(phase);
            }
        }
        return "phase " + phase;
    }

    /**
     * Something that is the same in every run of one scenario. Where a group's runs do not agree among themselves, the groups
     * agree if one of them shows nothing that the other does not show too.
     *
     * @param value what a run shows; null if it did not record it
     */
    Fact equal(Topic topic, String name, Function<Observed, @Nullable String> value) {
        TreeSet<String> left = values(a, value);
        TreeSet<String> right = values(b, value);
        return new Fact(topic, name, text(left), text(right), verdict(left, right), null);
    }

    private static Verdict verdict(TreeSet<String> left, TreeSet<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        return left.containsAll(right) || right.containsAll(left) ? Verdict.AGREE : Verdict.DIFFER;
    }

    /** A number that follows from measurements: it may be off by one, or by a fifth. */
    Fact near(Topic topic, String name, Function<Observed, @Nullable Integer> value) {
        List<Integer> left = a.stream()
                .map(value)
                .filter(java.util.Objects::nonNull)
                .sorted()
                .toList();
        List<Integer> right = b.stream()
                .map(value)
                .filter(java.util.Objects::nonNull)
                .sorted()
                .toList();
        if (left.isEmpty() || right.isEmpty()) {
            return new Fact(topic, name, range(left), range(right), Verdict.UNKNOWN, null);
        }
        int gap = Math.max(left.get(0) - right.get(right.size() - 1), right.get(0) - left.get(left.size() - 1));
        int most = Math.max(left.get(left.size() - 1), right.get(right.size() - 1));
        boolean near = gap <= Math.max(1, most / 5);
        return new Fact(topic, name, range(left), range(right), near ? Verdict.AGREE : Verdict.DIFFER, null);
    }

    /** Durations, those of all runs of a side together. */
    Fact timing(String name, Collection<? extends Number> left, Collection<? extends Number> right, Tolerance limits) {
        if (left.isEmpty() || right.isEmpty()) {
            return new Fact(
                    Topic.TIMING,
                    name,
                    left.isEmpty() ? "never" : Samples.of(left).text(),
                    right.isEmpty() ? "never" : Samples.of(right).text(),
                    Verdict.DIFFER,
                    null);
        }
        Samples first = Samples.of(left);
        Samples second = Samples.of(right);
        double p = first.ksPValue(second);
        return new Fact(Topic.TIMING, name, first.text(), second.text(), first.compare(second, p, limits), p);
    }

    private static TreeSet<String> values(List<Observed> runs, Function<Observed, @Nullable String> value) {
        TreeSet<String> values = new TreeSet<>();
        for (Observed run : runs) {
            String one = value.apply(run);
            if (one != null) {
                values.add(one);
            }
        }
        return values;
    }

    private static String text(Collection<String> values) {
        return values.isEmpty()
                ? NOT_RECORDED
                : values.stream().map(value -> value.isEmpty() ? "none" : value).collect(Collectors.joining(" or "));
    }

    private static String range(List<Integer> sorted) {
        if (sorted.isEmpty()) {
            return NOT_RECORDED;
        }
        int least = sorted.get(0);
        int most = sorted.get(sorted.size() - 1);
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
