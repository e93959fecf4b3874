package dev.wavetank.autoscaling.hpa;

/**
 * A metric of a type nobody knows. The API server lets none through, but the controller has an answer to it.
 *
 * @param type what it calls itself
 */
public record UnknownMetric(String type) implements MetricSpec {

    @Override
    public MetricProposal propose(Context context) throws MetricException {
        throw new MetricException("unknown metric source type \"" + type + "\"");
    }

    @Override
    public String failureReason() {
        return "InvalidMetricSourceType";
    }

    @Override
    public String failureText(String cause) {
        return cause;
    }

    @Override
    public boolean existsWithoutPods() {
        return false;
    }
}
