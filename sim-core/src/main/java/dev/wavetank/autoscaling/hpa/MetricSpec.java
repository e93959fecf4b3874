package dev.wavetank.autoscaling.hpa;

import java.util.List;

/** One entry of an HPA's {@code spec.metrics}: where a metric comes from and what it should be. */
public sealed interface MetricSpec permits ExternalMetric, ObjectMetric, PodsMetric, ResourceMetric, UnknownMetric {

    /**
     * All a metric needs to make its proposal.
     *
     * @param namespace namespace of the HPA
     * @param specReplicas {@code spec.replicas} of the scale
     * @param statusReplicas {@code status.replicas} of the scale
     * @param pods the pods its selector matches
     * @param metrics what the metrics APIs answer
     * @param now the sync's instant in nanoseconds
     */
    record Context(
            String namespace,
            int specReplicas,
            int statusReplicas,
            List<HpaPod> pods,
            MetricsSnapshot metrics,
            Tolerances tolerances,
            HpaOptions options,
            long now) {}

    /**
     * Asks the metric for its replicas.
     *
     * @throws MetricException if it has no say at this sync; the message is the event's
     */
    MetricProposal propose(Context context) throws MetricException;

    /** Reason of the event and the condition when the metric fails. */
    String failureReason();

    /** The failure's text one level up, where metrics are counted. */
    String failureText(String cause);

    /** True if the metric has a value even while the workload has no pods, so that it can call the first one back. */
    boolean existsWithoutPods();
}
