package dev.wavetank.report;

import com.google.common.collect.Iterables;
import dev.wavetank.cluster.Cost;
import dev.wavetank.engine.Durations;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.RunResult.Verdict;
import dev.wavetank.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as a page of text for people. */
public final class RunReport {

    private final RunResult result;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private RunReport(RunResult result, Style style) {
        this.result = result;
        this.style = style;
    }

    /**
     * The page, line by line.
     *
     * @param traceSha256 the digest of the run's trace
     * @param wallNanos how long the run took on the clock on the wall; 0 leaves that out
     */
    public static List<String> lines(RunResult result, String traceSha256, long wallNanos, Style style) {
        return new RunReport(result, style).render(traceSha256, wallNanos);
    }

    private List<String> render(String traceSha256, long wallNanos) {
        header();
        lines.addAll(Timeline.lines(result.history(), style));
        for (Traffic traffic : result.traffic()) {
            lines.add("");
            lines.addAll(TrafficTable.lines(traffic, result.history(), style));
        }
        if (!result.traffic().isEmpty()) {
            Cost cost = result.history().cost();
            lines.add("");
            lines.add(style.faint(String.format(
                    Locale.ROOT,
                    "cost  %s pod-seconds   %.3f core-hours and %.3f GiB-hours requested",
                    Numbers.count(Math.round(cost.podSeconds())),
                    cost.coreHours(),
                    cost.gibibyteHours())));
        }
        lines.addAll(CustomTables.lines(result.history(), style));
        verdicts();
        notes();
        footer(traceSha256, wallNanos);
        return lines;
    }

    private void header() {
        Scenario scenario = result.scenario();
        lines.add(style.strong(scenario.name())
                + (scenario.description().isEmpty() ? "" : "  " + scenario.description()));
        int nodes = scenario.cluster().nodes().size();
        lines.add(style.faint((nodes == 1 ? "1 node" : nodes + " nodes") + ", kube-proxy "
                + scenario.cluster().proxy().describe() + ", Kubernetes 1.36 rules, "
                + Durations.format(scenario.durationNanos()) + " of cluster time"));
        scenario.warnings().forEach(warning -> lines.add(style.warn("warning: " + warning)));
        lines.add("");
    }

    private void verdicts() {
        if (!result.verdicts().isEmpty()) {
            lines.add("");
        }
        for (Verdict verdict : result.verdicts()) {
            lines.add("  " + line(verdict, style));
        }
        if (!result.endedEarly().isEmpty()) {
            lines.add("  " + style.bad("\u2718 ended early: " + result.endedEarly()));
        }
    }

    /** An expectation with what became of it. */
    static String line(Verdict verdict, Style style) {
        String mark = verdict.held() ? style.good("\u2714") : style.bad("\u2718");
        String at = verdict.held() ? "" : " at " + Numbers.seconds(verdict.at()) + " s";
        String detail = verdict.detail().isEmpty() ? "" : style.faint("  (" + verdict.detail() + at + ")");
        return mark + " " + verdict.text() + detail;
    }

    private void notes() {
        if (result.scenario().notSimulated().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.faint(
                "kept but not simulated: " + String.join(", ", result.scenario().notSimulated())));
    }

    private void footer(String traceSha256, long wallNanos) {
        long held = Iterables.size(Iterables.filter(result.verdicts(), Verdict::held));
        String verdict = result.verdicts().isEmpty()
                ? "nothing was expected"
                : held + " of " + result.verdicts().size() + " expectations held";
        String speed = wallNanos == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " · %s of cluster in %s",
                        Durations.format(result.virtualNanos() / 1_000_000_000 * 1_000_000_000),
                        Numbers.latency(wallNanos));
        lines.add("");
        lines.add((result.held() ? style.good(verdict) : style.bad(verdict)) + " · seed "
                + result.scenario().seed() + speed);
        lines.add(style.faint("trace sha256 " + traceSha256));
    }
}
