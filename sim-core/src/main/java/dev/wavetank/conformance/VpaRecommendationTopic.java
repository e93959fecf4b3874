package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.vpa.AggregateContainerState;
import dev.wavetank.autoscaling.vpa.ContainerPolicy;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.ContainerState;
import dev.wavetank.autoscaling.vpa.Recommender;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.ResourcePolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** {@code vpa-recommendation}: usage samples and OOM kills in, recommendation out. */
final class VpaRecommendationTopic implements Topic {

    private enum Kind {
        CPU,
        MEMORY,
        OOM
    }

    private record Event(long timeNanos, int pod, Kind kind, long value) {}

    private static final Comparator<Event> IN_TIME_ORDER =
            Comparator.comparing(Event::timeNanos).thenComparing(Event::pod).thenComparing(Event::kind);

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "vpa-recommendation";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        boolean oomLast = input.path("oomFedAfterAllSamples").booleanValue();
        TreeMap<String, AggregateContainerState> usage = new TreeMap<>();
        ImmutableMap.Builder<String, ContainerPolicy> policies = ImmutableMap.builder();
        for (JsonNode container : input.path("containers")) {
            String name = container.path("name").asText();
            usage.put(name, aggregate(container.path("pods"), oomLast));
            if (container.has("policy")) {
                policies.put(name, VpaJson.containerPolicy(container.get("policy")));
            }
        }
        List<ContainerRecommendation> recommendations =
                Recommender.recommend(usage, new ResourcePolicy(policies.buildOrThrow()), ResourceAmounts.NONE);
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (ContainerRecommendation recommendation : recommendations) {
            ObjectNode node = answer.addObject();
            node.put("name", recommendation.containerName());
            node.set("uncappedTarget", VpaJson.json(recommendation.uncappedTarget()));
            node.set("lowerBound", VpaJson.json(recommendation.lowerBound()));
            node.set("target", VpaJson.json(recommendation.target()));
            node.set("upperBound", VpaJson.json(recommendation.upperBound()));
        }
        return answer;
    }

    private static AggregateContainerState aggregate(JsonNode pods, boolean oomLast) {
        AggregateContainerState aggregate = new AggregateContainerState();
        List<ContainerState> containers = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (JsonNode pod : pods) {
            int index = containers.size();
            containers.add(new ContainerState(aggregate));
            pod.path("cpuMilli").forEach(series -> addSeries(events, index, Kind.CPU, series));
            pod.path("memoryBytes").forEach(series -> addSeries(events, index, Kind.MEMORY, series));
            for (JsonNode oom : pod.path("oom")) {
                events.add(new Event(
                        nanos(oom.get(0).longValue()),
                        index,
                        Kind.OOM,
                        oom.get(1).longValue()));
            }
        }
        events.sort(
                oomLast
                        ? Comparator.comparing((Event event) -> event.kind() == Kind.OOM)
                                .thenComparing(IN_TIME_ORDER)
                        : IN_TIME_ORDER);
        for (Event event : events) {
            ContainerState container = containers.get(event.pod());
            switch (event.kind()) {
                case CPU -> container.addCpuSample(event.timeNanos(), event.value());
                case MEMORY -> container.addMemorySample(event.timeNanos(), event.value());
                case OOM -> container.recordOom(event.timeNanos(), event.value());
            }
        }
        return aggregate;
    }

    /** {@code [startMs, stepMs, repeat, [values…]]}: the values over and over, as often as repeat says. */
    private static void addSeries(List<Event> events, int pod, Kind kind, JsonNode series) {
        JsonNode values = series.get(3);
        int samples = series.get(2).intValue() * values.size();
        for (int i = 0; i < samples; i++) {
            long timeMillis = series.get(0).longValue() + i * series.get(1).longValue();
            events.add(new Event(
                    nanos(timeMillis), pod, kind, values.get(i % values.size()).longValue()));
        }
    }

    private static long nanos(long millis) {
        return VpaHistogramTopic.ORIGIN_NANOS + millis * VpaHistogramTopic.MILLI_NANOS;
    }
}
