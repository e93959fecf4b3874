package dev.wavetank.controllers.scheduling;

import dev.wavetank.model.LabelSelector;

/**
 * How evenly pods are to be spread over the domains of a topology.
 *
 * @param maxSkew by how many pods a domain may exceed the least filled one
 * @param topologyKey the node label whose equal values make a domain
 * @param doNotSchedule true if a node that would break it is out of the question, false if it only scores less
 * @param minDomains domains there should be at least; with fewer the least filled counts as empty. 1 if not stated
 * @param ignoresNodeAffinity true if nodes the pod cannot go to count too
 * @param honorsTaints true if nodes with taints the pod does not tolerate do not count
 */
public record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        boolean doNotSchedule,
        LabelSelector selector,
        int minDomains,
        boolean ignoresNodeAffinity,
        boolean honorsTaints) {

    /** True if the node's pods are counted. */
    boolean counts(NodeInfo node, PodNeeds needs) {
        return (ignoresNodeAffinity || !needs.asksForNodes() || needs.accepts(node))
                && (!honorsTaints || TaintToleration.isTolerated(node, needs));
    }
}
