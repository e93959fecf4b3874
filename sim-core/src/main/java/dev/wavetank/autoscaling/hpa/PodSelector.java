package dev.wavetank.autoscaling.hpa;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A label selector in its text form, such as {@code app=web,tier in (a, b),!canary}, which is how a scale carries it.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/labels/selector.go. Differs from Kubernetes: keys and values are not checked for their
 * alphabet, since whoever wrote the selector had it checked.
 */
final class PodSelector {

    /** The text is no selector; the message is the one Kubernetes gives. */
    static final class ParseException extends Exception {

        private static final long serialVersionUID = 1L;

        ParseException(String message) {
            super(message, null, false, false);
        }
    }

    /** What a requirement demands of a label. */
    enum Operator {
        EXISTS,
        DOES_NOT_EXIST,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    /** One demand on one label; all must hold. */
    record Requirement(String key, Operator operator, SortedSet<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> compare(value) > 0;
                case LESS -> compare(value) < 0;
            };
        }

        /** Compares the label's number with the requirement's; 0 if the label is no number. */
        private int compare(@Nullable String value) {
            try {
                return value == null ? 0 : Long.compare(Long.parseLong(value), Long.parseLong(values.first()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    private final List<Requirement> requirements;

    private PodSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    static PodSelector parse(String text) throws ParseException {
        return new PodSelector(new PodSelectorParser(text).requirements());
    }
}
