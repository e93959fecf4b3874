package dev.wavetank.autoscaling.hpa;

/**
 * What one metric says at a sync.
 *
 * @param proposal the replicas it asks for, and why
 * @param metricName the metric's name as conditions and events print it
 * @param status its entry in the HPA's status
 */
public record MetricProposal(ReplicaProposal proposal, String metricName, MetricStatus status) {}
