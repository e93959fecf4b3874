package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * One entry of an HPA's {@code status.currentMetrics}.
 *
 * @param type the metric's type, such as {@code Resource}; null, with all the rest, if the metric could not be read
 * @param name resource or metric name
 * @param container the container, for ContainerResource
 * @param averageUtilization per cent of the requests
 * @param averageValue per pod
 * @param value as a whole
 */
public record MetricStatus(
        @Nullable String type,
        @Nullable String name,
        @Nullable String container,
        @Nullable Integer averageUtilization,
        @Nullable MetricQuantity averageValue,
        @Nullable MetricQuantity value) {

    /** The entry of a metric that could not be read: there, but blank. */
    public static final MetricStatus UNKNOWN = new MetricStatus(null, null, null, null, null, null);

    static MetricStatus average(String type, String name, MetricQuantity averageValue) {
        return new MetricStatus(type, name, null, null, averageValue, null);
    }

    static MetricStatus value(String type, String name, MetricQuantity value) {
        return new MetricStatus(type, name, null, null, null, value);
    }
}
