package dev.wavetank.autoscaling.hpa;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A metric's {@code selector}: which series of that name are meant. The autoscaler passes it on to the metrics API and prints it.
 *
 * @param matchLabels labels a series must have
 * @param matchExpressions further demands
 */
public record MetricSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    /** A selector that is there but asks for nothing; not the same text as no selector at all. */
    public static final MetricSelector EMPTY = new MetricSelector(Map.of(), List.of());

    /** One entry of {@code matchExpressions}. */
    public record Requirement(String key, String operator, List<String> values) {

        @Override
        public String toString() {
            return "LabelSelectorRequirement{Key:" + key + ",Operator:" + operator + ",Values:["
                    + String.join(" ", values) + "],}";
        }
    }

    /** As the API types print themselves, which is how the selector appears in messages of the autoscaler. */
    @Override
    public String toString() {
        String labels = new TreeMap<>(matchLabels)
                .entrySet().stream()
                        .map(label -> label.getKey() + ": " + label.getValue() + ",")
                        .collect(Collectors.joining());
        String expressions =
                matchExpressions.stream().map(requirement -> requirement + ",").collect(Collectors.joining());
        return "&LabelSelector{MatchLabels:map[string]string{" + labels
                + "},MatchExpressions:[]LabelSelectorRequirement{" + expressions + "},}";
    }
}
