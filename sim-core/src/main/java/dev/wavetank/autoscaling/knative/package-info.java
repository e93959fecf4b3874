/**
 * What Knative Serving decides between a request and a replica count: how a window of metrics is averaged ({@code
 * MetricWindow}), how many pods the KPA wants ({@code KpaScaler}), when it goes to zero ({@code ScaleToZero}), and which pod an
 * activator or queue-proxy lets a request into ({@code ActivatorPods}, {@code PodPicker}, {@code Breaker}). Settings come from
 * {@code AutoscalerConfig} and {@code RevisionConfig}. Start with {@code KpaScaler}.
 *
 * <p>Source of the rules: knative serving 1.23.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling.knative;
