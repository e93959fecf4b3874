package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.scenario.Expectation.Form;
import java.util.ArrayList;
import java.util.List;

/** Reads expectations and thresholds. */
final class ExpectationReader {

    private ExpectationReader() {}

    static ImmutableList<Expectation> read(Field spec, List<Step> steps, long durationNanos) {
        List<Expectation> expectations = new ArrayList<>();
        for (Field field : spec.get("expect").elements()) {
            expectations.add(expectation(field, steps, durationNanos));
        }
        for (Field field : spec.get("thresholds").elements()) {
            expectations.add(threshold(field));
        }
        return ImmutableList.copyOf(expectations);
    }

    private static Expectation expectation(Field field, List<Step> steps, long durationNanos) {
        Field at = field.expectObject().get("at");
        Field within = field.get("within");
        Field during = field.get("during");
        Field never = field.get("never");
        Field of = field.get("of");
        long forms = List.of(at, within, during, never).stream()
                .filter(Field::isPresent)
                .count();
        if (forms != 1) {
            field.problem("an expectation has exactly one form", "Give it one of at, within, during or never.");
        }
        Field that = never.isPresent() ? never : field.get("that").required("Write the condition, in CEL.");
        field.noOthers(List.of("at", "within", "of", "during", "never", "that"));
        return new Expectation(
                form(at, within, during, never, of, steps, durationNanos), that.text("true"), that.pointer());
    }

    private static Form form(
            Field at, Field within, Field during, Field never, Field of, List<Step> steps, long durationNanos) {
        if (never.isPresent()) {
            return new Form.Never();
        }
        if (within.isPresent()) {
            String step = of.text("");
            List<String> names = steps.stream()
                    .map(Step::name)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (!step.isEmpty() && !names.contains(step)) {
                of.problem("there is no step named " + step, Suggestion.sentence(step, names));
            }
            return new Form.Within(within.parsed(0L, Durations::parse), step);
        }
        if (during.isPresent()) {
            List<Field> bounds = during.elements();
            if (bounds.size() != 2) {
                during.problem("during takes a beginning and an end", "Write during: [6s, 60s].");
                return new Form.During(0, durationNanos);
            }
            long from = bounds.get(0).parsed(0L, Durations::parse);
            long to = bounds.get(1).parsed(durationNanos, Durations::parse);
            if (from > to) {
                during.problem("the interval ends before it begins", "Swap the two.");
            }
            return new Form.During(from, Math.min(to, durationNanos));
        }
        long nanos = at.parsed(0L, Durations::parse);
        if (nanos > durationNanos) {
            at.problem(
                    "the expectation is at " + Durations.format(nanos) + ", after the scenario's end at "
                            + Durations.format(durationNanos),
                    "Raise spec.duration or move the expectation.");
        }
        return new Form.At(nanos);
    }

    private static Expectation threshold(Field field) {
        if (field.node().isTextual()) {
            return new Expectation(new Form.AtEnd(false), field.text("true"), field.pointer());
        }
        Field that = field.expectObject().get("that").required("Write the condition, in CEL.");
        boolean abort = field.get("abort").bool(false);
        // a share of replications; one run either holds it or does not
        field.get("inAtLeast");
        field.noOthers();
        return new Expectation(new Form.AtEnd(abort), that.text("true"), that.pointer());
    }
}
