package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * Which custom or external metric is meant.
 *
 * @param name the metric's name
 * @param selector which of its series, or null for all
 */
public record MetricIdentifier(String name, @Nullable MetricSelector selector) {

    String selectorText() {
        return selector == null ? "nil" : selector.toString();
    }
}
