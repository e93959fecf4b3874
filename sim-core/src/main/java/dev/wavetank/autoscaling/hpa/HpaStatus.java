package dev.wavetank.autoscaling.hpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HPA's {@code status}.
 *
 * @param currentReplicas replicas the last sync found, before any change it made
 * @param desiredReplicas replicas it left
 * @param lastScaleTime when the HPA last changed the count, in nanoseconds, if ever
 * @param conditions in order of their first appearance
 * @param currentMetrics one entry per metric, or none if metrics were not looked at
 */
public record HpaStatus(
        int currentReplicas,
        int desiredReplicas,
        @Nullable Long lastScaleTime,
        List<HpaCondition> conditions,
        List<MetricStatus> currentMetrics) {

    /** The status of an HPA that has not been synced yet. */
    public static final HpaStatus EMPTY = new HpaStatus(0, 0, null, List.of(), List.of());

    public HpaStatus {
        conditions = List.copyOf(conditions);
        currentMetrics = List.copyOf(currentMetrics);
    }

    /** The condition of a type, if there is one. */
    public @Nullable HpaCondition condition(HpaCondition.Type type) {
        for (HpaCondition condition : conditions) {
            if (condition.type() == type) {
                return condition;
            }
        }
        return null;
    }
}
