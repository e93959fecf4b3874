package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What a HorizontalPodAutoscaler's last sync came to. There is no {@code observedGeneration}: Kubernetes declares the field
 * and never sets it.
 *
 * @param currentReplicas what the sync found, before any change it made
 * @param desiredReplicas what it left
 * @param lastScaleTime when it last changed the count, a whole-second instant or {@link Times#NONE}
 * @param currentMetrics one entry per metric, or none if it did not look at metrics
 * @param conditions in the order of their first appearance
 */
public record HorizontalPodAutoscalerStatus(
        int currentReplicas,
        int desiredReplicas,
        long lastScaleTime,
        ImmutableList<MetricValue> currentMetrics,
        ImmutableList<Condition> conditions) {

    /** Before the first sync. */
    public static final HorizontalPodAutoscalerStatus NEW =
            new HorizontalPodAutoscalerStatus(0, 0, Times.NONE, ImmutableList.of(), ImmutableList.of());

    /**
     * What a metric came to; all empty if it could not be read.
     *
     * @param type the metric's type as the API writes it; empty if it could not be read
     * @param averageUtilization per cent of the requests
     * @param averageValueMilli per pod, in thousandths
     * @param valueMilli as a whole, in thousandths
     */
    public record MetricValue(
            String type,
            String name,
            String container,
            @Nullable Integer averageUtilization,
            @Nullable Long averageValueMilli,
            @Nullable Long valueMilli) {}

    /**
     * One condition.
     *
     * @param type AbleToScale, ScalingActive, ScalingLimited or ScaledToZero
     * @param lastTransitionTime when {@code status} last changed, a whole-second instant
     */
    public record Condition(String type, boolean status, String reason, String message, long lastTransitionTime) {}

    /** The condition of a type, if there is one. */
    public @Nullable Condition condition(String type) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }
}
