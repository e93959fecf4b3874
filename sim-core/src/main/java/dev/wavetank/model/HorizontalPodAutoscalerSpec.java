package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What a HorizontalPodAutoscaler is to do, with the API server's defaults filled in.
 *
 * @param minReplicas lower bound, 1 where the manifest says nothing
 * @param maxReplicas upper bound, at least {@code minReplicas}
 * @param metrics what it looks at, in order; never empty
 * @param behavior null if the manifest has none, which is not the same as an empty one
 */
public record HorizontalPodAutoscalerSpec(
        TargetRef scaleTargetRef,
        int minReplicas,
        int maxReplicas,
        ImmutableList<Metric> metrics,
        @Nullable Behavior behavior) {

    /**
     * The workload it scales.
     *
     * @param apiVersion such as {@code apps/v1}
     */
    public record TargetRef(String apiVersion, String kind, String name) {}

    /** Where a metric comes from. */
    public enum MetricType {
        RESOURCE("Resource", "resource"),
        CONTAINER_RESOURCE("ContainerResource", "containerResource"),
        PODS("Pods", "pods"),
        OBJECT("Object", "object"),
        EXTERNAL("External", "external");

        private final String text;
        private final String field;

        MetricType(String text, String field) {
            this.text = text;
            this.field = field;
        }

        /** The type as the API writes it. */
        public String text() {
            return text;
        }

        /** The field that describes a metric of this type. */
        public String field() {
            return field;
        }
    }

    /**
     * One entry of {@code metrics}.
     *
     * @param name the resource, or the metric
     * @param container the one container it is about; empty unless the type is CONTAINER_RESOURCE
     * @param describedObject what an OBJECT metric is about; null for the others
     * @param selector which series of a custom or external metric are meant; null for all
     */
    public record Metric(
            MetricType type,
            String name,
            String container,
            @Nullable TargetRef describedObject,
            @Nullable LabelSelector selector,
            Target target) {}

    /** The three forms of a target. */
    public enum TargetType {
        UTILIZATION("Utilization"),
        VALUE("Value"),
        AVERAGE_VALUE("AverageValue");

        private final String text;

        TargetType(String text) {
            this.text = text;
        }

        /** The form as the API writes it. */
        public String text() {
            return text;
        }
    }

    /**
     * What a metric should come to.
     *
     * @param amount per cent of the requests for UTILIZATION, else thousandths; above 0
     */
    public record Target(TargetType type, long amount) {}

    /** How fast it may go. */
    public record Behavior(Rules scaleUp, Rules scaleDown) {}

    /**
     * One direction of the behavior.
     *
     * @param stabilizationWindowSeconds null (scale-down only) leaves it to the controller's flag
     * @param selectPolicy Max, Min or Disabled
     * @param policies never empty
     * @param tolerance null leaves it to the controller's flag
     */
    public record Rules(
            @Nullable Integer stabilizationWindowSeconds,
            String selectPolicy,
            ImmutableList<Policy> policies,
            @Nullable Double tolerance) {

        /** Up at once, by 4 pods or 100 % per 15 s, whichever is more. */
        public static final Rules SCALE_UP_DEFAULTS =
                new Rules(0, "Max", ImmutableList.of(new Policy(true, 4, 15), new Policy(false, 100, 15)), null);

        /** Down as far as wanted, after the flag's window. */
        public static final Rules SCALE_DOWN_DEFAULTS =
                new Rules(null, "Max", ImmutableList.of(new Policy(false, 100, 15)), null);
    }

    /**
     * A bound on the change in a stretch of time.
     *
     * @param pods true if {@code value} counts pods, false if it is per cent
     */
    public record Policy(boolean pods, int value, int periodSeconds) {}
}
