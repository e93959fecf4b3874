/**
 * A cluster and its traffic as Prometheus metrics. Start with {@code PrometheusText}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.report.metrics;
