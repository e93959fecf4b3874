package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.PodDeletion;
import dev.wavetank.controllers.PodsPerNode;
import dev.wavetank.controllers.TieBreak;
import dev.wavetank.controllers.VictimOrder;
import dev.wavetank.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code pod-victims}: which pods a ReplicaSet deletes, and the ranks that had a say in it. */
final class PodVictimsTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "pod-victims";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<Pod> pods = new ArrayList<>();
        input.path("pods").forEach(pod -> pods.add(WorkloadPods.read(pod)));
        List<Pod> workload = new ArrayList<>(pods);
        for (JsonNode related : input.path("relatedPods")) {
            for (int i = 0; i < related.path("count").intValue(); i++) {
                workload.add(WorkloadPods.read(related));
            }
        }
        PodsPerNode perNode =
                input.path("replicaSetHasController").asBoolean() ? PodsPerNode.of(workload) : PodsPerNode.NO_WORKLOAD;
        PodDeletion.Selection selection = PodDeletion.podsToDelete(
                pods, perNode, input.path("deleteCount").intValue(), 0, VictimOrder.KUBERNETES, TieBreak.AS_GIVEN);
        ObjectNode answer = Json.object();
        if (!pods.isEmpty()) {
            ArrayNode ranks = answer.putArray("ranks");
            pods.forEach(pod -> ranks.add(perNode.rankOf(pod)));
        }
        ArrayNode victims = answer.putArray("victims");
        selection.pods().forEach(pod -> victims.add(pod.name()));
        return answer;
    }

    /**
     * Ranks must be equal and victims equal as sets. Where ties or cycles leave a choice, all that must go have to go,
     * and the rest has to come from those to choose from.
     */
    @Override
    public boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        if (!Json.same(expected.path("ranks"), got.path("ranks"))) {
            return false;
        }
        Set<String> victims = names(got.path("victims"));
        if (victims.size() != got.path("victims").size()) {
            return false;
        }
        if (expected.path("deterministic").asBoolean()) {
            return victims.equals(names(expected.path("victims")));
        }
        Set<String> must = names(expected.path("mustDelete"));
        Set<String> chosen = new TreeSet<>(victims);
        chosen.removeAll(must);
        return victims.containsAll(must)
                && chosen.size() == expected.path("chooseCount").intValue()
                && names(expected.path("chooseFrom")).containsAll(chosen);
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }
}
