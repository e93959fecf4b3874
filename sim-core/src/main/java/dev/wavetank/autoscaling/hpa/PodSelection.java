package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pods behind a scale's selector.
 *
 * @param error why the selector cannot be read, if so; there are no pods then
 * @param pods the pods it matches, whoever owns them
 * @param otherHpas other HPAs (namespace and name) of which the controller knows that their selectors match one of these pods
 */
public record PodSelection(@Nullable String error, List<HpaPod> pods, List<String> otherHpas) {

    public PodSelection {
        pods = List.copyOf(pods);
        otherHpas = List.copyOf(otherHpas);
    }

    /**
     * Selects by labels.
     *
     * @param selector text of the scale's selector
     * @param namespacePods all pods of the namespace
     * @param otherSelectors selector texts of other HPAs of the namespace, by namespace and name
     */
    public static PodSelection of(String selector, List<HpaPod> namespacePods, Map<String, String> otherSelectors) {
        try {
            PodSelector wanted = PodSelector.parse(selector);
            List<HpaPod> pods = new ArrayList<>();
            for (HpaPod pod : namespacePods) {
                if (wanted.matches(pod.labels())) {
                    pods.add(pod);
                }
            }
            TreeSet<String> others = new TreeSet<>();
            otherSelectors.forEach((hpa, text) -> {
                if (matchesAny(text, pods)) {
                    others.add(hpa);
                }
            });
            return new PodSelection(null, pods, new ArrayList<>(others));
        } catch (PodSelector.ParseException e) {
            return new PodSelection(e.getMessage(), List.of(), List.of());
        }
    }

    /**
     * Selects by labels among objects that are only then turned into pods: in a large namespace most of them are not.
     *
     * @param labels the labels of a candidate
     * @param pod a candidate as the autoscaler sees it
     */
    public static <T> PodSelection of(
            String selector,
            Iterable<T> candidates,
            Function<T, Map<String, String>> labels,
            Function<T, HpaPod> pod,
            Map<String, String> otherSelectors) {
        try {
            PodSelector wanted = PodSelector.parse(selector);
            List<HpaPod> pods = new ArrayList<>();
            for (T candidate : candidates) {
                if (wanted.matches(labels.apply(candidate))) {
                    pods.add(pod.apply(candidate));
                }
            }
            return of(selector, pods, otherSelectors);
        } catch (PodSelector.ParseException e) {
            return new PodSelection(e.getMessage(), List.of(), List.of());
        }
    }

    private static boolean matchesAny(String selector, List<HpaPod> pods) {
        try {
            PodSelector other = PodSelector.parse(selector);
            return pods.stream().anyMatch(pod -> other.matches(pod.labels()));
        } catch (PodSelector.ParseException unreadable) {
            return false;
        }
    }
}
