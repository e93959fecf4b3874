package dev.wavetank.autoscaling.hpa;

/**
 * An Object metric: a custom metric of one object, such as requests at an Ingress.
 *
 * @param describedObject the object
 * @param metric its metric
 * @param target value, or average value shared among the replicas
 */
public record ObjectMetric(DescribedObject describedObject, MetricIdentifier metric, MetricTarget target)
        implements MetricSpec {

    public ObjectMetric {
        if (target.type() == MetricTarget.Type.UTILIZATION) {
            throw new IllegalArgumentException("an Object metric has a value or an average value for target");
        }
    }

    private boolean isPerPod() {
        return target.type() == MetricTarget.Type.AVERAGE_VALUE;
    }

    @Override
    public MetricProposal propose(Context context) throws MetricException {
        long usage = fetch(context);
        if (isPerPod()) {
            ReplicaProposal proposal = ReplicaCalculator.forValuePerPod(
                    context.statusReplicas(), usage, target.amount(), context.tolerances());
            MetricQuantity average = new MetricQuantity(proposal.reportedMilli(), MetricQuantity.Format.DECIMAL_SI);
            // Messages call it an external metric. That is a slip in Kubernetes, kept because people search for its
            // texts.
            return new MetricProposal(
                    proposal,
                    "external metric " + metric.name() + "(" + metric.selectorText() + ")",
                    MetricStatus.average("Object", metric.name(), average));
        }
        ReplicaProposal proposal = ReplicaCalculator.forValue(
                context.specReplicas(), usage, target.amount(), context.tolerances(), context.pods());
        MetricQuantity value = new MetricQuantity(proposal.reportedMilli(), MetricQuantity.Format.DECIMAL_SI);
        return new MetricProposal(
                proposal,
                describedObject.kind() + " metric " + metric.name(),
                MetricStatus.value("Object", metric.name(), value));
    }

    /** The order of the words is Kubernetes' own. */
    private long fetch(Context context) throws MetricException {
        try {
            return context.metrics().ofObject(new MetricsSnapshot.ObjectKey(describedObject, metric));
        } catch (MetricException e) {
            throw e.within("unable to get metric " + metric.name() + ": " + describedObject.kind() + " on "
                    + context.namespace() + " " + describedObject.name() + "/");
        }
    }

    @Override
    public String failureReason() {
        return "FailedGetObjectMetric";
    }

    @Override
    public String failureText(String cause) {
        String perPod = isPerPod() ? "failed to get " + metric.name() + " object metric: " : "";
        return "failed to get object metric value: " + perPod + cause;
    }

    @Override
    public boolean existsWithoutPods() {
        return true;
    }
}
