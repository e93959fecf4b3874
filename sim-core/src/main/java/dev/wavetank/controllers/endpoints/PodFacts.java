package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Node;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import org.jspecify.annotations.Nullable;

/**
 * What a slice needs to know of a pod and of the node under it.
 *
 * @param ready the Ready condition is True; a missing condition and Unknown are not
 * @param deleting somebody asked for the pod to go
 * @param podIps addresses, at most one of each family; empty until the pod has a network
 * @param nodeName empty before the pod is scheduled
 * @param nodeExists there is a Node object of that name
 * @param zone zone of that node; empty if it has none
 * @param hostname {@code spec.hostname}; empty if unset
 * @param subdomain {@code spec.subdomain}; empty if unset
 */
public record PodFacts(
        String name,
        PodPhase phase,
        boolean ready,
        boolean deleting,
        ImmutableList<String> podIps,
        String nodeName,
        boolean nodeExists,
        String zone,
        String hostname,
        String subdomain) {

    /**
     * The facts of a pod of the store.
     *
     * @param node the node it is bound to, or null if there is no such object
     */
    public static PodFacts of(Pod pod, @Nullable Node node) {
        String podIp = pod.status().podIp();
        return new PodFacts(
                pod.name(),
                pod.status().phase(),
                pod.isReady(),
                pod.metadata().isBeingDeleted(),
                podIp.isEmpty() ? ImmutableList.of() : ImmutableList.of(podIp),
                pod.nodeName(),
                node != null,
                node == null ? "" : node.zone(),
                pod.spec().source().path("hostname").asText(""),
                pod.spec().source().path("subdomain").asText(""));
    }

    /** The pod's address of a family; empty if it has none. */
    String address(IpFamily family) {
        for (String podIp : podIps) {
            if (family.includes(podIp)) {
                return podIp;
            }
        }
        return "";
    }
}
