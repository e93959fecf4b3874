package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a pod is to be. One value is shared by all pods of a template; where a pod runs is kept in {@link Pod}.
 *
 * @param terminationGracePeriodSeconds seconds between asking a container to stop and killing it, default 30
 * @param volumes how many volumes are mounted, the service account's token included
 * @param source the spec as it was given, unsimulated fields included; not to be changed
 */
public record PodSpec(
        ImmutableList<Container> initContainers,
        ImmutableList<Container> containers,
        RestartPolicy restartPolicy,
        long terminationGracePeriodSeconds,
        ImmutableMap<String, String> nodeSelector,
        ImmutableList<Toleration> tolerations,
        int priority,
        int volumes,
        JsonNode source) {

    public enum RestartPolicy {
        ALWAYS("Always"),
        ON_FAILURE("OnFailure"),
        NEVER("Never");

        private final String text;

        RestartPolicy(String text) {
            this.text = text;
        }

        /** The policy as the API writes it. */
        public String text() {
            return text;
        }
    }

    /**
     * What the scheduler sets aside for the whole pod: the containers that run together, or the largest need while
     * starting up.
     *
     * <p>Source: kubernetes 1.36 component-helpers resource PodRequests.
     */
    public Resources requests() {
        return requests(Container::requests);
    }

    public PodSpec withTolerations(ImmutableList<Toleration> tolerations) {
        return new PodSpec(
                initContainers,
                containers,
                restartPolicy,
                terminationGracePeriodSeconds,
                nodeSelector,
                tolerations,
                priority,
                volumes,
                source);
    }

    public PodSpec withPriority(int priority) {
        return new PodSpec(
                initContainers,
                containers,
                restartPolicy,
                terminationGracePeriodSeconds,
                nodeSelector,
                tolerations,
                priority,
                volumes,
                source);
    }

    /**
     * The same pod with other resources in some of its main containers.
     *
     * @param claims by container name
     */
    public PodSpec withClaims(Map<String, QosClass.Claim> claims) {
        JsonNode changed = source.deepCopy();
        for (JsonNode container : changed.path("containers")) {
            QosClass.Claim claim = claims.get(container.path("name").asText());
            if (claim != null && container instanceof ObjectNode object) {
                ObjectNode resources = object.withObject("/resources");
                write(resources, "requests", claim.requests());
                write(resources, "limits", claim.limits());
            }
        }
        return new PodSpec(
                initContainers,
                containers.stream()
                        .map(container -> container.withClaim(claims.getOrDefault(container.name(), container.claim())))
                        .collect(ImmutableList.toImmutableList()),
                restartPolicy,
                terminationGracePeriodSeconds,
                nodeSelector,
                tolerations,
                priority,
                volumes,
                changed);
    }

    private static void write(ObjectNode resources, String name, Resources amounts) {
        if (amounts.cpuMillis() > 0) {
            resources
                    .withObject("/" + name)
                    .put("cpu", Quantity.ofMillis(amounts.cpuMillis()).canonical());
        }
        if (amounts.memoryBytes() > 0) {
            resources
                    .withObject("/" + name)
                    .put("memory", Quantity.ofBytes(amounts.memoryBytes()).canonical());
        }
    }

    /** True if a main container has to be restarted for a resource of it to be changed: its {@code resizePolicy}. */
    public boolean restartsOnResize(String container, String resource) {
        for (JsonNode each : source.path("containers")) {
            if (each.path("name").asText().equals(container)) {
                for (JsonNode policy : each.path("resizePolicy")) {
                    if (policy.path("resourceName").asText().equals(resource)) {
                        return policy.path("restartPolicy").asText().equals("RestartContainer");
                    }
                }
            }
        }
        return false;
    }

    /** As {@link #requests()}, where {@code ofContainer} says what a container counts for. */
    public Resources requests(Function<Container, Resources> ofContainer) {
        Resources sidecars = Resources.NONE;
        Resources starting = Resources.NONE;
        for (Container init : initContainers) {
            if (init.sidecar()) {
                sidecars = sidecars.plus(ofContainer.apply(init));
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(ofContainer.apply(init).plus(sidecars));
            }
        }
        Resources running = sidecars;
        for (Container container : containers) {
            running = running.plus(ofContainer.apply(container));
        }
        return running.max(starting);
    }
}
