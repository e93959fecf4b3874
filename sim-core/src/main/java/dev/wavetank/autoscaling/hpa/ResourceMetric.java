package dev.wavetank.autoscaling.hpa;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Resource metric, or, with a container, a ContainerResource metric.
 *
 * @param resource such as {@code cpu} or {@code memory}
 * @param container the one container to look at, or null for whole pods
 * @param target utilization or average value
 */
public record ResourceMetric(String resource, @Nullable String container, MetricTarget target) implements MetricSpec {

    public ResourceMetric {
        if (target.type() == MetricTarget.Type.VALUE) {
            throw new IllegalArgumentException("a Resource metric has a utilization or an average value for target");
        }
    }

    private boolean isUtilization() {
        return target.type() == MetricTarget.Type.UTILIZATION;
    }

    @Override
    public MetricProposal propose(Context context) throws MetricException {
        ReplicaProposal proposal = calculate(context);
        MetricStatus status = new MetricStatus(
                container == null ? "Resource" : "ContainerResource",
                resource,
                container,
                proposal.utilization(),
                MetricQuantity.of(resource, proposal.reportedMilli()),
                null);
        return new MetricProposal(proposal, metricName(), status);
    }

    private ReplicaProposal calculate(Context context) throws MetricException {
        try {
            ReplicaCalculator.PodUsage usage = new ReplicaCalculator.PodUsage(
                    context.specReplicas(),
                    context.pods(),
                    fetch(context),
                    resource,
                    container,
                    context.tolerances(),
                    context.options(),
                    context.now());
            return isUtilization()
                    ? ReplicaCalculator.forUtilization(usage, (int) target.amount())
                    : ReplicaCalculator.forAverage(usage, target.amount());
        } catch (MetricException e) {
            throw e.within("failed to get " + resource + (isUtilization() ? " utilization: " : " usage: "));
        }
    }

    private Map<String, PodMetric> fetch(Context context) throws MetricException {
        try {
            return context.metrics().resource(resource, container, context.namespace());
        } catch (MetricException e) {
            throw e.within("unable to get metrics for resource " + resource + ": ");
        }
    }

    private String metricName() {
        if (!isUtilization()) {
            return resource + " resource";
        }
        return resource + (container == null ? " resource" : " container resource")
                + " utilization (percentage of request)";
    }

    @Override
    public String failureReason() {
        return container == null ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric";
    }

    @Override
    public String failureText(String cause) {
        return container == null
                ? "failed to get " + resource + " resource metric value: " + cause
                : "failed to get " + container + " container metric value: " + cause;
    }

    @Override
    public boolean existsWithoutPods() {
        return false;
    }
}
