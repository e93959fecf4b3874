package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.knative.ActivatorPods;
import dev.wavetank.autoscaling.knative.PodPicker;
import java.util.ArrayList;
import java.util.List;

/** {@code knative-activator}: an activator's pods and capacity, and the pod it picks per request. */
final class KnativeActivatorTopic implements Topic {

    /** Loaded before each pick, for the file says which of two equally loaded pods the coin chose. */
    private static final class RecordedCoin implements PodPicker.Dice {

        private boolean second;

        @Override
        public int below(int bound) {
            throw new IllegalStateException("with " + (bound + 1) + " pods a pick is not settled by the file");
        }

        @Override
        public boolean coin() {
            return second;
        }
    }

    private static final int NO_POD = -1;

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-activator";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        int containerConcurrency = input.path("containerConcurrency").intValue();
        int readyPods = input.path("readyPods").intValue();
        int activators = input.path("numActivators").intValue();
        ActivatorPods assigned = input.path("viaClusterIP").booleanValue()
                ? ActivatorPods.viaClusterIp(containerConcurrency, readyPods, activators)
                : ActivatorPods.direct(
                        containerConcurrency,
                        readyPods,
                        activators,
                        input.path("selfIndex").intValue());
        ObjectNode answer = Json.object();
        ArrayNode pods = answer.putArray("assignedPods");
        assigned.pods().forEach(pods::add);
        answer.put("revisionCapacity", assigned.capacity());
        if (input.has("ops")) {
            answer.set("picks", picks(containerConcurrency, assigned.pods(), input.get("ops")));
        }
        return answer;
    }

    private static ArrayNode picks(int containerConcurrency, List<Integer> pods, JsonNode ops) {
        RecordedCoin coin = new RecordedCoin();
        PodPicker<Integer> picker = new PodPicker<>(containerConcurrency, coin);
        picker.assign(pods);
        List<Integer> acquired = new ArrayList<>();
        ArrayNode picks = Json.MAPPER.createArrayNode();
        for (JsonNode op : ops) {
            if (op.get(0).asText().equals("release")) {
                picker.release(acquired.get(op.get(1).intValue()));
                continue;
            }
            coin.second = op.has(1) && op.get(1).intValue() != pods.get(0);
            Integer pod = picker.acquire();
            picks.add(pod == null ? NO_POD : pod);
            if (pod != null) {
                acquired.add(pod);
            }
        }
        return picks;
    }
}
