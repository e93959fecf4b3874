package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Toleration;

/**
 * All the scheduler wants to know of a pod's spec, read once per template.
 *
 * @param requests what is set aside for the pod on its node
 * @param scoredRequests the same with 100m and 200Mi for every container that states none; only scores use it
 * @param hostPorts ports it takes on the node itself
 * @param requiredNodeTerms one of them must match the node; empty asks for nothing
 * @param images of all containers, one entry each
 */
public record PodNeeds(
        Resources requests,
        Resources scoredRequests,
        int priority,
        ImmutableList<Toleration> tolerations,
        ImmutableMap<String, String> nodeSelector,
        ImmutableList<NodeTerm> requiredNodeTerms,
        ImmutableList<NodeTerm.Preferred> preferredNodeTerms,
        PodAffinity podAffinity,
        ImmutableList<SpreadConstraint> spreadConstraints,
        ImmutableList<HostPort> hostPorts,
        ImmutableList<String> images) {

    /** A port of the node itself; an address of {@code 0.0.0.0} takes it on all. */
    public record HostPort(String address, String protocol, int port) {

        static final String ANY_ADDRESS = "0.0.0.0";

        boolean clashesWith(HostPort other) {
            return port == other.port
                    && protocol.equals(other.protocol)
                    && (address.equals(other.address)
                            || address.equals(ANY_ADDRESS)
                            || other.address.equals(ANY_ADDRESS));
        }
    }

    /** Reads a spec, the parts only the scheduler knows included. */
    public static PodNeeds of(PodSpec spec) {
        return PodNeedsReader.read(spec);
    }

    boolean asksForNodes() {
        return !nodeSelector.isEmpty() || !requiredNodeTerms.isEmpty();
    }

    /** True if the node's labels and name satisfy nodeSelector and required node affinity. */
    boolean accepts(NodeInfo node) {
        for (var wanted : nodeSelector.entrySet()) {
            if (!wanted.getValue().equals(node.labels().get(wanted.getKey()))) {
                return false;
            }
        }
        return requiredNodeTerms.isEmpty() || requiredNodeTerms.stream().anyMatch(term -> term.matches(node));
    }

    boolean tolerates(Taint taint) {
        for (Toleration toleration : tolerations) {
            if (toleration.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }
}
