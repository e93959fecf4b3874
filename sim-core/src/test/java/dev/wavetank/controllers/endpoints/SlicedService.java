package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Service whose slices are written as planned, for tests. */
final class SlicedService {

    private final int maxEndpoints;
    private final Map<String, Endpoint> pods = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, EndpointSlice> slices = new LinkedHashMap<>();
    private int podsMade;
    private int slicesMade;

    SlicedService(int maxEndpoints) {
        this.maxEndpoints = maxEndpoints;
    }

    void add(int count) {
        for (int i = 0; i < count; i++) {
            String pod = "pod-" + podsMade++;
            pods.put(pod, Endpoint.of("ip of " + pod, pod, true, true, false, "node-1"));
            ports.put(pod, 8080);
        }
    }

    void remove(String... names) {
        for (String name : names) {
            pods.remove(name);
        }
    }

    void moveToPort(int port, String name) {
        ports.put(name, port);
    }

    void setReady(String name, boolean ready) {
        pods.computeIfPresent(
                name, (pod, before) -> Endpoint.of(before.address(), pod, ready, ready, false, before.nodeName()));
    }

    int podsMade() {
        return podsMade;
    }

    List<Endpoint> pods() {
        return List.copyOf(pods.values());
    }

    List<EndpointSlice> slices() {
        return List.copyOf(slices.values());
    }

    SlicePlan sync() {
        Map<ImmutableList<EndpointSlice.Port>, List<Endpoint>> desired = new LinkedHashMap<>();
        pods.forEach((name, endpoint) -> {
            EndpointSlice.Port port = new EndpointSlice.Port("http", ports.getOrDefault(name, 8080), "TCP");
            desired.computeIfAbsent(ImmutableList.of(port), key -> new ArrayList<>())
                    .add(endpoint);
        });
        SlicePlan plan = SlicePacking.plan(slices(), desired, maxEndpoints);
        plan.deletes().forEach(delete -> slices.remove(delete.slice().metadata().name()));
        plan.updates().forEach(update -> slices.put(update.slice().metadata().name(), update.slice()));
        plan.creates().forEach(create -> {
            String name = "web-" + slicesMade++;
            slices.put(name, new EndpointSlice(ObjectMeta.named("default", name), create.endpoints(), create.ports()));
        });
        return plan;
    }

    /** Endpoints per slice, most first. */
    List<Integer> sizes() {
        return slices.values().stream()
                .map(slice -> slice.endpoints().size())
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
