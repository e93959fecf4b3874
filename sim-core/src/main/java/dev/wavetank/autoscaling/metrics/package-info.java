/**
 * The resource metrics pipeline's last step: what metrics-server keeps of the kubelets' samples and makes of them. Sampling and scraping are
 * elsewhere. Start with {@link dev.wavetank.autoscaling.metrics.MetricsStorage}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling.metrics;
