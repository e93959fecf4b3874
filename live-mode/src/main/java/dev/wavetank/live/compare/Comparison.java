package dev.wavetank.live.compare;

import com.google.common.collect.ImmutableList;
import dev.wavetank.live.trace.Trace;
import java.util.List;

/**
 * Two groups of traces of one scenario, side by side. A group is one trace or several repetitions: the more there are, the better
 * the spread of one and the same cluster is known.
 */
public record Comparison(ImmutableList<Trace> a, ImmutableList<Trace> b, ImmutableList<Fact> facts) {

    /** Compares two groups, neither of them empty. */
    public static Comparison of(List<Trace> a, List<Trace> b, Tolerance tolerance) {
        if (a.isEmpty() || b.isEmpty()) {
            throw new IllegalArgumentException("each side needs a trace");
        }
        Sides sides = new Sides(observed(a), observed(b), tolerance.forRuns(a.size(), b.size()));
        ImmutableList<Fact> facts = ImmutableList.<Fact>builder()
                .addAll(OrderFacts.of(sides))
                .addAll(EventFacts.of(sides))
                .addAll(TimingFacts.of(sides))
                .addAll(TrafficFacts.of(sides))
                .addAll(ErrorFacts.of(sides))
                .build();
        return new Comparison(ImmutableList.copyOf(a), ImmutableList.copyOf(b), facts);
    }

    private static ImmutableList<Observed> observed(List<Trace> traces) {
        return traces.stream().map(Observed::of).collect(ImmutableList.toImmutableList());
    }

    /** True if no fact differs. */
    public boolean agree() {
        return facts.stream().noneMatch(fact -> fact.verdict() == Verdict.DIFFER);
    }

    /** How many facts have that verdict. */
    public long count(Verdict verdict) {
        return facts.stream().filter(fact -> fact.verdict() == verdict).count();
    }
}
