package dev.wavetank.autoscaling.hpa;

/**
 * An External metric: something outside the cluster, such as a queue's length.
 *
 * @param metric which one
 * @param target value, or average value shared among the replicas
 */
public record ExternalMetric(MetricIdentifier metric, MetricTarget target) implements MetricSpec {

    public ExternalMetric {
        if (target.type() == MetricTarget.Type.UTILIZATION) {
            throw new IllegalArgumentException("an External metric has a value or an average value for target");
        }
    }

    private boolean isPerPod() {
        return target.type() == MetricTarget.Type.AVERAGE_VALUE;
    }

    @Override
    public MetricProposal propose(Context context) throws MetricException {
        long usage = fetch(context);
        ReplicaProposal proposal = isPerPod()
                ? ReplicaCalculator.forValuePerPod(
                        context.statusReplicas(), usage, target.amount(), context.tolerances())
                : ReplicaCalculator.forValue(
                        context.specReplicas(), usage, target.amount(), context.tolerances(), context.pods());
        MetricQuantity reported = new MetricQuantity(proposal.reportedMilli(), MetricQuantity.Format.DECIMAL_SI);
        MetricStatus status = isPerPod()
                ? MetricStatus.average("External", metric.name(), reported)
                : MetricStatus.value("External", metric.name(), reported);
        return new MetricProposal(
                proposal, "external metric " + metric.name() + "(" + metric.selectorText() + ")", status);
    }

    private long fetch(Context context) throws MetricException {
        try {
            return context.metrics().external(metric);
        } catch (MetricException e) {
            throw e.within("unable to get external metric " + context.namespace() + "/" + metric.name() + "/"
                    + metric.selectorText() + ": ");
        }
    }

    @Override
    public String failureReason() {
        return "FailedGetExternalMetric";
    }

    @Override
    public String failureText(String cause) {
        String form = isPerPod()
                ? "failed to get " + metric.name() + " external metric: "
                : "failed to get external metric " + metric.name() + ": ";
        return "failed to get " + metric.name() + " external metric value: " + form + cause;
    }

    @Override
    public boolean existsWithoutPods() {
        return true;
    }
}
