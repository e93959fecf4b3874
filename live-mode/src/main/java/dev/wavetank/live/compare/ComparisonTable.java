package dev.wavetank.live.compare;

import dev.wavetank.live.trace.Trace;
import dev.wavetank.report.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison for people. */
public final class ComparisonTable {

    private static final int WIDEST_NAME = 44;
    private static final int WIDEST_VALUE = 52;

    private ComparisonTable() {}

    /** Its lines. What is too wide for a column goes on in lines of its own. */
    public static List<String> lines(Comparison comparison, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("a") + "  " + names(comparison.a()));
        lines.add(style.strong("b") + "  " + names(comparison.b()));
        Fact.Topic topic = null;
        for (Fact fact : comparison.facts()) {
            if (fact.topic() != topic) {
                topic = fact.topic();
                lines.add("");
                lines.add(style.strong(topic.title()));
            }
            lines.addAll(lines(fact, style));
        }
        lines.add("");
        lines.add(sums(comparison));
        return lines;
    }

    private static List<String> lines(Fact fact, Style style) {
        String mark = switch (fact.verdict()) {
            case AGREE -> style.good("✔");
            case DIFFER -> style.bad("✘");
            case UNKNOWN -> "?";
        };
        String p = fact.pValue() == null ? "" : "p " + pText(fact.pValue());
        if (fact.name().length() <= WIDEST_NAME
                && fact.a().length() <= WIDEST_VALUE / 2 + 4
                && fact.b().length() <= WIDEST_VALUE / 2 + 4) {
            return List.of(
                    String.format(Locale.ROOT, "  %s %-44s  %-30s  %-30s  %s", mark, fact.name(), fact.a(), fact.b(), p)
                            .stripTrailing());
        }
        List<String> lines = new ArrayList<>();
        lines.add(("  " + mark + " " + fact.name() + (p.isEmpty() ? "" : "  " + p)).stripTrailing());
        if (fact.a().equals(fact.b())) {
            lines.add("      both  " + fact.a());
        } else {
            lines.add("      a  " + fact.a());
            lines.add("      b  " + fact.b());
        }
        return lines;
    }

    static String pText(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    private static String sums(Comparison comparison) {
        long agree = comparison.count(Verdict.AGREE);
        long differ = comparison.count(Verdict.DIFFER);
        long unknown = comparison.count(Verdict.UNKNOWN);
        return (agree + differ) + " facts compared: " + agree + " agree, " + differ + " differ"
                + (unknown == 0 ? "" : "; " + unknown + " not recorded on one side");
    }

    private static String names(List<Trace> traces) {
        Trace first = traces.get(0);
        String what = first.scenario() + ", "
                + (first.source().kind().equals("sim")
                        ? "simulated"
                        : first.source().kind()) + ", Kubernetes "
                + first.source().kubernetes();
        return (traces.size() == 1 ? first.name() : traces.size() + " traces: " + first.name() + " …") + "  (" + what
                + ")";
    }
}
