package dev.wavetank.report;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.cluster.History;
import dev.wavetank.model.DecisionLog.Decision;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.scenario.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The decisions of a run from its first moment on, numbered, with pods by the short names the timeline uses. */
public final class Explanations {

    private static final long SECOND = 1_000_000_000L;

    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9][-a-z0-9]*[a-z0-9]");

    /** Kinds that people know by the short names kubectl has for them. */
    private static final ImmutableMap<String, String> KUBECTL_NAMES =
            ImmutableMap.of("HorizontalPodAutoscaler", "hpa", "VerticalPodAutoscaler", "vpa");

    /**
     * One decision.
     *
     * @param number from 1, in the order in which they were taken
     * @param at nanoseconds since the scenario's first moment
     * @param actor who decided
     * @param about what it was about, such as {@code pod-7 (web-5d9c-x2x4k)}
     */
    public record Explanation(int number, long at, String actor, String about, String text, ObjectKey object) {

        /** What was decided. */
        public String outcome() {
            return new Decision(at, actor, object, text).outcome();
        }

        /** The rule and the values that decided it; empty if the outcome speaks for itself. */
        public String because() {
            return new Decision(at, actor, object, text).because();
        }

        /** True if it is about that pod, by short name or the start of its name. */
        public boolean isAbout(String pod) {
            return object.kind().equals(ResourceKind.POD)
                    && (about.startsWith(pod + " ") || object.name().startsWith(pod));
        }

        /** The decision as a line for people. */
        public String line(Style style) {
            return style.faint(String.format(Locale.ROOT, "%4d %9s  ", number, Numbers.seconds(at)))
                    + style.accent(actor) + "  " + style.strong(about) + "  " + text;
        }
    }

    private Explanations() {}

    /** The decisions taken since the scenario's first moment; the run must have been asked to keep them. */
    public static List<Explanation> of(RunResult result) {
        return of(result.history(), result.decisions());
    }

    /** Those of the decisions that were taken since the history began. */
    static List<Explanation> of(History history, List<Decision> decisions) {
        Map<String, String> shortNames = new HashMap<>();
        history.podNames().forEach((shortName, name) -> shortNames.put(name, shortName));
        List<Explanation> explanations = new ArrayList<>();
        for (Decision decision : decisions) {
            long at = decision.at() - history.origin();
            if (at >= 0) {
                String about = about(decision.about(), shortNames);
                explanations.add(new Explanation(
                        explanations.size() + 1,
                        at,
                        decision.actor(),
                        about,
                        shortened(decision.text(), shortNames),
                        decision.about()));
            }
        }
        return explanations;
    }

    /** Those of the second that starts at {@code from}; if there are none, the last before it. */
    public static List<Explanation> inTheSecondFrom(List<Explanation> all, long from) {
        List<Explanation> within = all.stream()
                .filter(each -> each.at() >= from && each.at() < from + SECOND)
                .toList();
        if (!within.isEmpty()) {
            return within;
        }
        List<Explanation> before = all.stream().filter(each -> each.at() < from).toList();
        return before.isEmpty() ? before : before.subList(before.size() - 1, before.size());
    }

    private static String about(ObjectKey object, Map<String, String> shortNames) {
        if (!object.kind().equals(ResourceKind.POD)) {
            String kind = object.kind().kind();
            return KUBECTL_NAMES.getOrDefault(kind, kind.toLowerCase(Locale.ROOT)) + "/" + object.name();
        }
        String shortName = shortNames.get(object.name());
        return shortName == null ? object.name() : shortName + " (" + object.name() + ")";
    }

    /** The text with pods by their short names. */
    private static String shortened(String text, Map<String, String> shortNames) {
        return OBJECT_NAME.matcher(text).replaceAll(name -> shortNames.getOrDefault(name.group(), name.group()));
    }
}
