package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.HpaPod;
import dev.wavetank.autoscaling.hpa.MetricException;
import dev.wavetank.autoscaling.hpa.MetricSelector;
import dev.wavetank.autoscaling.hpa.PodGroups;
import dev.wavetank.autoscaling.hpa.ReplicaCalculator;
import dev.wavetank.autoscaling.hpa.ReplicaProposal;
import dev.wavetank.autoscaling.hpa.Tolerances;
import java.util.List;

/**
 * {@code resource-utilization}, {@code plain-average}, {@code object-external}, {@code k8s-tests-calculator}: the replicas one metric asks
 * for. An error of the metrics API comes as an input here, behind the calculator's own words.
 */
record HpaCalculatorTopic(String name) implements Topic {

    @Override
    public String group() {
        return "hpa";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        String function = input.path("function").asText();
        ObjectNode answer = Json.object();
        if (input.has("metricsError")) {
            return answer.put("error", fetchFailure(function, input));
        }
        if (function.equals("GetResourceReplicas")
                || function.equals("GetRawResourceReplicas")
                || function.equals("GetMetricReplicas")) {
            answer.set("groups", groups(input));
        }
        try {
            fill(answer, function, input);
        } catch (MetricException e) {
            answer.put("error", e.getMessage());
        }
        return answer;
    }

    private static void fill(ObjectNode answer, String function, JsonNode input) throws MetricException {
        switch (function) {
            case "GetResourceReplicas" -> {
                ReplicaProposal proposal = ReplicaCalculator.forUtilization(
                        podUsage(input), input.path("targetUtilization").intValue());
                answer.put("replicaCount", proposal.replicas());
                answer.put("utilization", proposal.utilization());
                answer.put("rawUtilization", proposal.reportedMilli());
            }
            case "GetRawResourceReplicas", "GetMetricReplicas" ->
                putUsage(answer, ReplicaCalculator.forAverage(podUsage(input), targetUsage(input)));
            case "GetObjectMetricReplicas", "GetExternalMetricReplicas" ->
                putUsage(
                        answer,
                        ReplicaCalculator.forValue(
                                input.path("currentReplicas").intValue(),
                                value(input),
                                targetUsage(input),
                                tolerances(input),
                                HpaJson.pods(input.path("pods"))));
            case "GetObjectPerPodMetricReplicas", "GetExternalPerPodMetricReplicas" -> {
                int statusReplicas = input.path("statusReplicas").intValue();
                putUsage(
                        answer,
                        ReplicaCalculator.forValuePerPod(
                                statusReplicas, value(input), targetUsage(input), tolerances(input)));
                if (statusReplicas == 0) {
                    answer.remove("usage");
                }
            }
            default -> throw new IllegalArgumentException("no such function: " + function);
        }
    }

    private static void putUsage(ObjectNode answer, ReplicaProposal proposal) {
        answer.put("replicaCount", proposal.replicas());
        answer.put("usage", proposal.reportedMilli());
    }

    private static long targetUsage(JsonNode input) {
        return input.path("targetUsage").longValue();
    }

    private static long value(JsonNode input) {
        if (!input.has("values")) {
            return input.path("value").longValue();
        }
        return HpaMetrics.external(input.path("values"));
    }

    private static Tolerances tolerances(JsonNode input) {
        JsonNode tolerances = input.path("tolerances");
        return new Tolerances(
                tolerances.path("scaleDown").doubleValue(),
                tolerances.path("scaleUp").doubleValue());
    }

    private static ReplicaCalculator.PodUsage podUsage(JsonNode input) {
        return new ReplicaCalculator.PodUsage(
                input.path("currentReplicas").intValue(),
                HpaJson.pods(input.path("pods")),
                HpaJson.podMetrics(input.path("metrics")),
                input.has("resource") ? input.path("resource").asText() : null,
                input.path("container").asText().isEmpty()
                        ? null
                        : input.path("container").asText(),
                tolerances(input),
                options(input),
                0);
    }

    private static HpaOptions options(JsonNode input) {
        return HpaJson.options(input, input.path("featureGates"));
    }

    static JsonNode groups(JsonNode input) {
        List<HpaPod> pods = HpaJson.pods(input.path("pods"));
        String resource = input.has("resource") ? input.path("resource").asText() : null;
        PodGroups groups = PodGroups.of(pods, HpaJson.podMetrics(input.path("metrics")), resource, options(input), 0);
        ObjectNode answer = Json.object().put("readyPodCount", groups.readyPodCount());
        answer.set("unready", HpaJson.sorted(groups.unready()));
        answer.set("missing", HpaJson.sorted(groups.missing()));
        answer.set("ignored", HpaJson.sorted(groups.ignored()));
        return answer;
    }

    private static String fetchFailure(String function, JsonNode input) {
        String error = input.path("metricsError").asText();
        return switch (function) {
            case "GetMetricReplicas" -> "unable to get metric qps: " + error;
            case "GetObjectMetricReplicas", "GetObjectPerPodMetricReplicas" ->
                "unable to get metric qps: Service on test-namespace obj/" + error;
            case "GetExternalMetricReplicas", "GetExternalPerPodMetricReplicas" ->
                "unable to get external metric test-namespace/qps/" + MetricSelector.EMPTY + ": " + error;
            default ->
                "unable to get metrics for resource " + input.path("resource").asText() + ": " + error;
        };
    }
}
