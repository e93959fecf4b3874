package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod that a Service selects is listed in its slices, and as what.
 *
 * <p>Source: kubernetes 1.36 staging/src/k8s.io/endpointslice reconciler.go and utils.go.
 */
public final class EndpointConditions {

    /** Why a pod is listed as it is, or is not listed. */
    public enum Reason {
        READY("its Ready condition is True and nobody asked for it to go", true),
        PUBLISHED_NOT_READY("the Service publishes addresses that are not ready", true),
        NOT_READY("its Ready condition is not True", true),
        SERVING_WHILE_TERMINATING("it was asked to go and still passes its readiness probe", true),
        TERMINATING("it was asked to go and no longer passes its readiness probe", true),
        POD_FINISHED("its phase is Succeeded or Failed", false),
        NO_ADDRESS("it has no address of the slice's family", false),
        NODE_MISSING("its node does not exist; the sync fails and is tried again", false);

        private final String text;
        private final boolean listed;

        Reason(String text, boolean listed) {
            this.text = text;
            this.listed = listed;
        }

        /** The reason as a sentence about the pod. */
        public String text() {
            return text;
        }
    }

    /**
     * What becomes of one pod in the slices of one address family.
     *
     * @param endpoint the entry; null if the pod is not listed
     * @param hostname the name the endpoint gets in DNS; empty if none
     */
    public record Verdict(@Nullable Endpoint endpoint, String hostname, Reason reason) {

        /** True if the sync ends with an error, so that the Service is queued again. */
        public boolean retry() {
            return reason == Reason.NODE_MISSING;
        }
    }

    private EndpointConditions() {}

    /**
     * Decides on one pod.
     *
     * @param serviceName a pod with this subdomain keeps its hostname
     * @param publishNotReadyAddresses lists the pod as ready whatever its state, even without a node
     */
    public static Verdict of(
            PodFacts pod,
            String serviceName,
            boolean publishNotReadyAddresses,
            TrafficDistribution distribution,
            IpFamily family) {
        Reason reason = reason(pod, publishNotReadyAddresses, family);
        if (!reason.listed) {
            return new Verdict(null, "", reason);
        }
        boolean ready = reason == Reason.READY || reason == Reason.PUBLISHED_NOT_READY;
        Endpoint endpoint = new Endpoint(
                pod.address(family),
                pod.name(),
                ready,
                pod.ready(),
                pod.deleting(),
                pod.nodeName(),
                pod.zone(),
                ready ? distribution.hintedZones(pod.zone()) : ImmutableList.of(),
                ready ? distribution.hintedNodes(pod.nodeName()) : ImmutableList.of());
        boolean named = !pod.hostname().isEmpty() && pod.subdomain().equals(serviceName);
        return new Verdict(endpoint, named ? pod.hostname() : "", reason);
    }

    private static Reason reason(PodFacts pod, boolean publishNotReadyAddresses, IpFamily family) {
        if (pod.phase().isFinal()) {
            return Reason.POD_FINISHED;
        }
        if (pod.podIps().isEmpty()) {
            return Reason.NO_ADDRESS;
        }
        // The node is looked up before the family is, so a pod of another family can fail the sync too.
        if (!pod.nodeExists() && !publishNotReadyAddresses) {
            return Reason.NODE_MISSING;
        }
        if (pod.address(family).isEmpty()) {
            return Reason.NO_ADDRESS;
        }
        return condition(pod, publishNotReadyAddresses);
    }

    private static Reason condition(PodFacts pod, boolean publishNotReadyAddresses) {
        if (pod.ready() && !pod.deleting()) {
            return Reason.READY;
        }
        if (publishNotReadyAddresses) {
            return Reason.PUBLISHED_NOT_READY;
        }
        if (pod.deleting()) {
            return pod.ready() ? Reason.SERVING_WHILE_TERMINATING : Reason.TERMINATING;
        }
        return Reason.NOT_READY;
    }
}
