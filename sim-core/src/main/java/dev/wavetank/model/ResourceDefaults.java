package dev.wavetank.model;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests a pod ends up with where its manifest states only limits. By name of resource: a request of 0 is stated.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/defaults.go, SetDefaults_Pod and defaultPodRequests.
 */
public final class ResourceDefaults {

    private static final List<String> POD_LEVEL = List.of("cpu", "memory");

    /** What an init container requests; {@code sidecar} is true if it has restartPolicy Always. */
    public record Init(Map<String, Quantity> requests, boolean sidecar) {}

    private ResourceDefaults() {}

    /**
     * What the containers of a pod request together: those that run side by side, or the largest need while starting up.
     *
     * <p>Source: kubernetes 1.36 component-helpers resource AggregateContainerRequests.
     */
    public static ImmutableMap<String, Quantity> sum(
            List<Init> initContainers, List<Map<String, Quantity>> containers) {
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        Map<String, Quantity> starting = new LinkedHashMap<>();
        for (Init init : initContainers) {
            if (init.sidecar()) {
                add(sidecars, init.requests());
                raise(starting, sidecars);
            } else {
                Map<String, Quantity> need = new LinkedHashMap<>(sidecars);
                add(need, init.requests());
                raise(starting, need);
            }
        }
        Map<String, Quantity> running = new LinkedHashMap<>(sidecars);
        containers.forEach(requests -> add(running, requests));
        raise(running, starting);
        return ImmutableMap.copyOf(running);
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> amounts) {
        amounts.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> largest, Map<String, Quantity> amounts) {
        amounts.forEach((name, amount) -> largest.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }

    /** A container's requests: what is missing is copied from its limits. */
    public static ImmutableMap<String, Quantity> requests(
            Map<String, Quantity> requests, Map<String, Quantity> limits) {
        Map<String, Quantity> defaulted = new LinkedHashMap<>(requests);
        limits.forEach(defaulted::putIfAbsent);
        return ImmutableMap.copyOf(defaulted);
    }

    /**
     * The requests of a pod that states resources of its own: what is missing is what its containers request together, or
     * else its own limit.
     *
     * @param containersRequest what all containers request together, after defaulting; a resource none names is absent
     */
    public static ImmutableMap<String, Quantity> podRequests(
            Map<String, Quantity> requests, Map<String, Quantity> limits, Map<String, Quantity> containersRequest) {
        Map<String, Quantity> defaulted = new LinkedHashMap<>(requests);
        for (Map<String, Quantity> source : List.of(containersRequest, limits)) {
            source.forEach((name, quantity) -> {
                if (POD_LEVEL.contains(name)) {
                    defaulted.putIfAbsent(name, quantity);
                }
            });
        }
        return ImmutableMap.copyOf(defaulted);
    }
}
