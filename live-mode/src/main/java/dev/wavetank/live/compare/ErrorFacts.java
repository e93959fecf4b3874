package dev.wavetank.live.compare;

import dev.wavetank.live.compare.Fact.Topic;
import dev.wavetank.live.trace.Trace.RequestRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Requests that failed, by kind and phase. Failures come in bursts, since one pod that is stopping fails all that is sent to it:
 * the test counts bursts rather than requests. It cannot tell one burst from none, so a side on which every run loses
 * {@value #MANY} requests or more differs from one that never loses any, whatever the test says.
 */
final class ErrorFacts {

    private static final int MANY = 30;

    /** Failures further apart than this have different causes. */
    private static final long PAUSE_MILLIS = 1000;

    private record Failures(long sent, long failed, double burstSize, List<Long> perRun) {}

    private ErrorFacts() {}

    static List<Fact> of(Sides sides) {
        if (!recorded(sides.a()) || !recorded(sides.b())) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        for (int phase = 0; phase < sides.phases(); phase++) {
            for (String kind : kinds(sides, phase)) {
                facts.add(fact(sides, phase, kind));
            }
        }
        if (facts.isEmpty()) {
            facts.add(new Fact(Topic.ERRORS, "failed requests", "none", "none", Verdict.AGREE, 1.0));
        }
        return facts;
    }

    private static boolean recorded(List<Observed> runs) {
        return runs.stream().anyMatch(run -> !run.trace().requests().isEmpty());
    }

    private static SortedSet<String> kinds(Sides sides, int phase) {
        TreeSet<String> kinds = new TreeSet<>();
        for (List<Observed> side : List.of(sides.a(), sides.b())) {
            for (Observed run : side) {
                for (RequestRow request : run.trace().requests()) {
                    if (request.failed() && run.phases().at(request.at()) == phase) {
                        kinds.add(request.plainError());
                    }
                }
            }
        }
        return kinds;
    }

    private static Fact fact(Sides sides, int phase, String kind) {
        Failures a = failures(sides.a(), phase, kind);
        Failures b = failures(sides.b(), phase, kind);
        long failed = a.failed() + b.failed();
        double burst = (a.burstSize() * (double) a.failed() + b.burstSize() * (double) b.failed()) / (double) failed;
        double p = Rates.pValue(a.failed(), (double) a.sent(), b.failed(), (double) b.sent(), burst);
        boolean differ = p < sides.tolerance().alpha()
                || (alwaysMany(a) && b.failed() == 0)
                || (alwaysMany(b) && a.failed() == 0);
        String when = phase == 0 ? "before any action" : "after " + sides.phaseName(phase);
        return new Fact(Topic.ERRORS, kind + " " + when, text(a), text(b), differ ? Verdict.DIFFER : Verdict.AGREE, p);
    }

    private static boolean alwaysMany(Failures failures) {
        return Collections.min(failures.perRun()) >= MANY;
    }

    private static Failures failures(List<Observed> runs, int phase, String kind) {
        long sent = 0;
        long failed = 0;
        double squares = 0;
        List<Long> perRun = new ArrayList<>();
        for (Observed run : runs) {
            long inRun = 0;
            long burst = 0;
            long latest = 0;
            for (RequestRow request : run.trace().requests()) {
                if (run.phases().at(request.at()) != phase) {
                    continue;
                }
                sent++;
                if (request.failed() && request.plainError().equals(kind)) {
                    if (request.at() - latest > PAUSE_MILLIS) {
                        squares += (double) burst * burst;
                        burst = 0;
                    }
                    burst++;
                    inRun++;
                    latest = request.at();
                }
            }
            squares += (double) burst * burst;
            failed += inRun;
            perRun.add(inRun);
        }
        return new Failures(sent, failed, failed == 0 ? 0 : squares / failed, perRun);
    }

    private static String text(Failures failures) {
        long least = Collections.min(failures.perRun());
        long most = Collections.max(failures.perRun());
        String count = least == most ? String.valueOf(least) : least + " to " + most;
        return failures.sent() == 0
                ? count
                : count + String.format(Locale.ROOT, " (%.1f %%)", 100.0 * failures.failed() / failures.sent());
    }
}
