package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;

/**
 * Chooses objects by their labels: all pairs of {@code matchLabels} and all of {@code matchExpressions} must hold.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/apis/meta/v1 LabelSelectorAsSelector.
 */
public record LabelSelector(ImmutableMap<String, String> matchLabels, ImmutableList<Requirement> matchExpressions) {

    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** The operator as manifests write it. */
        public String text() {
            return text;
        }
    }

    /** One expression; {@code values} is empty for Exists and DoesNotExist. */
    public record Requirement(String key, Operator operator, ImmutableSet<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    public static LabelSelector matching(Map<String, String> labels) {
        return new LabelSelector(ImmutableMap.copyOf(labels), ImmutableList.of());
    }

    /** True if nothing is asked for; such a selector matches every object. */
    public boolean isEmpty() {
        return matchLabels.isEmpty() && matchExpressions.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Requirement requirement : matchExpressions) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The same selector with one more label to match. */
    public LabelSelector with(String key, String value) {
        return new LabelSelector(
                ImmutableMap.<String, String>builder()
                        .putAll(matchLabels)
                        .put(key, value)
                        .buildKeepingLast(),
                matchExpressions);
    }
}
