package dev.wavetank.autoscaling;

import dev.wavetank.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the custom and external metrics APIs serve: the place of a Prometheus adapter or of KEDA's metrics server. All
 * amounts are thousandths.
 */
public interface CustomMetrics {

    /** A cluster without such APIs. */
    CustomMetrics NONE = new CustomMetrics() {
        @Override
        public Map<String, Long> ofPods(String namespace, String metric, List<String> pods) {
            return Map.of();
        }

        @Override
        public @Nullable Long ofObject(String namespace, String metric, String kind, String name) {
            return null;
        }

        @Override
        public List<Long> external(String namespace, String metric, @Nullable LabelSelector selector) {
            return List.of();
        }
    };

    /** The metric's value for each of these pods that has one, by name. */
    Map<String, Long> ofPods(String namespace, String metric, List<String> pods);

    /** The metric's value for an object, or null if there is none. */
    @Nullable
    Long ofObject(String namespace, String metric, String kind, String name);

    /** The values of the series the selector asks for; none if there is no such metric. */
    List<Long> external(String namespace, String metric, @Nullable LabelSelector selector);
}
