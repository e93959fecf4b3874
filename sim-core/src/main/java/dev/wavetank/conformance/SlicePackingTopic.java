package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.endpoints.SlicePacking;
import dev.wavetank.controllers.endpoints.SlicePlan;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sizes of slices and writes made, over a sequence of syncs. */
final class SlicePackingTopic extends ServiceTopic {

    private static final ImmutableList<EndpointSlice.Port> PORTS =
            ImmutableList.of(new EndpointSlice.Port("http", 80, "TCP"));

    SlicePackingTopic() {
        super("slice-packing");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Cluster cluster = new Cluster(input.path("maxEndpointsPerSlice").asInt());
        ArrayNode answer = Json.MAPPER.createArrayNode();
        input.path("steps").forEach(step -> answer.add(cluster.sync(step)));
        return answer;
    }

    /** The pods of the Service and the slices as the last sync left them. */
    private static final class Cluster {
        private final int maxEndpoints;
        private final Map<String, Endpoint> pods = new LinkedHashMap<>();
        private final Map<String, EndpointSlice> slices = new LinkedHashMap<>();
        private int podsMade;
        private int slicesMade;

        Cluster(int maxEndpoints) {
            this.maxEndpoints = maxEndpoints;
        }

        ObjectNode sync(JsonNode step) {
            removeAndFlip(step);
            for (int i = step.path("add").asInt(); i > 0; i--) {
                String pod = "pod-" + podsMade++;
                pods.put(pod, Endpoint.of(pod, pod, true, true, false, "node-1"));
            }
            Map<ImmutableList<EndpointSlice.Port>, List<Endpoint>> desired =
                    pods.isEmpty() ? ImmutableMap.of() : ImmutableMap.of(PORTS, List.copyOf(pods.values()));
            SlicePlan plan = SlicePacking.plan(List.copyOf(slices.values()), desired, maxEndpoints);
            apply(plan);
            ObjectNode answer = Json.object();
            ArrayNode sizes = answer.putArray("sizes");
            largestFirst().forEach(slice -> sizes.add(slice.endpoints().size()));
            return answer.put("creates", plan.creates().size())
                    .put("updates", plan.updates().size())
                    .put("deletes", plan.deletes().size());
        }

        /** A slice's pods are removed from its front and flipped at its back, so that none is both. */
        private void removeAndFlip(JsonNode step) {
            List<EndpointSlice> before = largestFirst();
            for (JsonNode pair : step.path("removeFromSlice")) {
                ImmutableList<Endpoint> held = before.get(pair.get(0).asInt()).endpoints();
                held.subList(0, pair.get(1).asInt()).forEach(endpoint -> pods.remove(endpoint.targetPod()));
            }
            for (JsonNode pair : step.path("changeInSlice")) {
                ImmutableList<Endpoint> held = before.get(pair.get(0).asInt()).endpoints();
                held.subList(held.size() - pair.get(1).asInt(), held.size()).forEach(this::flip);
            }
        }

        private void flip(Endpoint endpoint) {
            String pod = endpoint.targetPod();
            if (!pods.containsKey(pod)) {
                throw new IllegalArgumentException(pod + " is both removed and flipped");
            }
            boolean ready = !endpoint.ready();
            pods.put(pod, Endpoint.of(pod, pod, ready, ready, false, endpoint.nodeName()));
        }

        private void apply(SlicePlan plan) {
            plan.deletes()
                    .forEach(delete -> slices.remove(delete.slice().metadata().name()));
            plan.updates()
                    .forEach(update -> slices.put(update.slice().metadata().name(), update.slice()));
            plan.creates().forEach(create -> {
                String name = "svc-" + slicesMade++;
                slices.put(
                        name, new EndpointSlice(ObjectMeta.named("default", name), create.endpoints(), create.ports()));
            });
        }

        private List<EndpointSlice> largestFirst() {
            List<EndpointSlice> sorted = new ArrayList<>(slices.values());
            sorted.sort(Comparator.comparingInt(
                            (EndpointSlice slice) -> slice.endpoints().size())
                    .reversed());
            return sorted;
        }
    }
}
