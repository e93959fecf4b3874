package dev.wavetank.autoscaling.hpa;

import java.util.Map;

/**
 * A Pods metric: a custom metric each pod has a value of.
 *
 * @param metric which one
 * @param averageValueMilli average per pod to aim for, in thousandths; more than 0
 */
public record PodsMetric(MetricIdentifier metric, long averageValueMilli) implements MetricSpec {

    @Override
    public MetricProposal propose(Context context) throws MetricException {
        ReplicaCalculator.PodUsage usage = new ReplicaCalculator.PodUsage(
                context.specReplicas(),
                context.pods(),
                fetch(context),
                null,
                null,
                context.tolerances(),
                context.options(),
                context.now());
        ReplicaProposal proposal = ReplicaCalculator.forAverage(usage, averageValueMilli);
        MetricQuantity average = new MetricQuantity(proposal.reportedMilli(), MetricQuantity.Format.DECIMAL_SI);
        return new MetricProposal(
                proposal, "pods metric " + metric.name(), MetricStatus.average("Pods", metric.name(), average));
    }

    private Map<String, PodMetric> fetch(Context context) throws MetricException {
        try {
            return context.metrics().ofPods(metric);
        } catch (MetricException e) {
            throw e.within("unable to get metric " + metric.name() + ": ");
        }
    }

    @Override
    public String failureReason() {
        return "FailedGetPodsMetric";
    }

    @Override
    public String failureText(String cause) {
        return "failed to get pods metric value: " + cause;
    }

    @Override
    public boolean existsWithoutPods() {
        return false;
    }
}
