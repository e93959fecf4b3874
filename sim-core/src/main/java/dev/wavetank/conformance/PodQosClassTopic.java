package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.ResourceDefaults;
import dev.wavetank.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The class of a pod as it is written, and once the API server has filled in requests. */
final class PodQosClassTopic implements Topic {

    /** Requests and limits as a manifest states them. */
    private record Stated(ImmutableMap<String, Quantity> requests, ImmutableMap<String, Quantity> limits) {

        static Stated of(JsonNode resources) {
            return new Stated(quantities(resources.path("requests")), quantities(resources.path("limits")));
        }

        Stated defaulted() {
            return new Stated(ResourceDefaults.requests(requests, limits), limits);
        }

        QosClass.Claim claim() {
            return new QosClass.Claim(amounts(requests), amounts(limits));
        }
    }

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "pod-qos-class";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<Stated> init = stated(input.path("initContainers"));
        List<Stated> main = stated(input.path("containers"));
        Stated pod = input.has("podResources") ? Stated.of(input.get("podResources")) : null;
        List<Stated> defaultedInit = init.stream().map(Stated::defaulted).toList();
        List<Stated> defaultedMain = main.stream().map(Stated::defaulted).toList();
        Stated defaultedPod = pod == null ? null : defaulted(pod, defaultedInit, defaultedMain);
        return Json.object()
                .put("qosClassWithoutDefaulting", qosClass(init, main, pod))
                .put("qosClassAfterApiDefaulting", qosClass(defaultedInit, defaultedMain, defaultedPod));
    }

    private static Stated defaulted(Stated pod, List<Stated> init, List<Stated> main) {
        ImmutableMap<String, Quantity> together = ResourceDefaults.sum(
                init.stream()
                        .map(container -> new ResourceDefaults.Init(container.requests(), false))
                        .toList(),
                main.stream().<Map<String, Quantity>>map(Stated::requests).toList());
        return new Stated(ResourceDefaults.podRequests(pod.requests(), pod.limits(), together), pod.limits());
    }

    private static String qosClass(List<Stated> init, List<Stated> main, @Nullable Stated pod) {
        List<QosClass.Claim> claims =
                Stream.concat(init.stream(), main.stream()).map(Stated::claim).toList();
        return QosClass.of(claims, pod == null ? null : pod.claim()).text();
    }

    private static List<Stated> stated(JsonNode containers) {
        List<Stated> stated = new ArrayList<>();
        containers.forEach(container -> stated.add(Stated.of(container)));
        return stated;
    }

    private static ImmutableMap<String, Quantity> quantities(JsonNode amounts) {
        ImmutableMap.Builder<String, Quantity> quantities = ImmutableMap.builder();
        amounts.properties()
                .forEach(amount -> quantities.put(
                        amount.getKey(), Quantity.parse(amount.getValue().textValue())));
        return quantities.buildOrThrow();
    }

    private static Resources amounts(Map<String, Quantity> quantities) {
        return new Resources(
                quantities.getOrDefault("cpu", Quantity.ZERO).milliValue(),
                quantities.getOrDefault("memory", Quantity.ZERO).value());
    }
}
