package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.scheduling.ClusterSnapshot;
import dev.wavetank.controllers.scheduling.IncomingPod;
import dev.wavetank.controllers.scheduling.NodeVerdict;
import dev.wavetank.controllers.scheduling.Placement;
import dev.wavetank.controllers.scheduling.Rejection;
import dev.wavetank.controllers.scheduling.Scheduling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where a pod can go, where it is best off, and what is said if it can go nowhere. */
final class SchedulerFilterScoreTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "scheduler-filter-score";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ClusterSnapshot cluster = SchedulerInputs.cluster(input.get("nodes"));
        List<Map<String, String>> services = new ArrayList<>();
        input.path("serviceSelectors").forEach(selector -> services.add(SchedulerInputs.labels(selector)));
        IncomingPod pod =
                new IncomingPod(SchedulerInputs.incoming(input.get("pod")), IncomingPod.spreadSelector(services, null));

        ObjectNode answer = Json.object();
        List<NodeVerdict> verdicts = Scheduling.explain(pod, cluster);
        long fitting =
                verdicts.stream().filter(verdict -> verdict.rejection() == null).count();
        Map<String, NodeVerdict> byName =
                verdicts.stream().collect(Collectors.toMap(NodeVerdict::node, verdict -> verdict));
        ArrayNode nodes = answer.putArray("nodes");
        for (JsonNode node : input.get("nodes")) {
            NodeVerdict verdict =
                    Objects.requireNonNull(byName.get(node.get("name").textValue()));
            nodes.add(describe(verdict, fitting > 1));
        }
        Placement placement = Scheduling.decide(pod, cluster, 0);
        if (placement instanceof Placement.Assignment assignment) {
            ArrayNode best = answer.putArray("bestNodes");
            assignment.bestNodes().stream().sorted().forEach(best::add);
        } else if (placement instanceof Placement.Unschedulable unschedulable) {
            answer.put("failedSchedulingMessage", unschedulable.message());
            if (!unschedulable.preemptionCandidates().isEmpty()) {
                answer.put("preemptionNominatesANode", true);
            }
        }
        return answer;
    }

    private static ObjectNode describe(NodeVerdict verdict, boolean scored) {
        ObjectNode out = Json.object().put("name", verdict.node());
        Rejection rejection = verdict.rejection();
        out.put("fits", rejection == null);
        if (rejection != null) {
            out.put("rejectedBy", rejection.plugin());
            ArrayNode reasons = out.putArray("reasons");
            rejection.reasons().forEach(reasons::add);
            out.put("code", rejection.code().text());
        } else if (scored) {
            ObjectNode scores = out.putObject("weightedScores");
            verdict.weightedScores().forEach(scores::put);
            out.put("totalScore", verdict.totalScore());
        }
        return out;
    }
}
