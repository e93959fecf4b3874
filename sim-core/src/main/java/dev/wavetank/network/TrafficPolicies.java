package dev.wavetank.network;

import dev.wavetank.model.Service;

/**
 * How far traffic to one port of a Service may go.
 *
 * @param internalLocal internalTrafficPolicy is Local
 * @param externalLocal externalTrafficPolicy is Local
 * @param external the port can be reached from outside: by a node port, a load balancer's address or an external IP
 */
public record TrafficPolicies(boolean internalLocal, boolean externalLocal, boolean external) {

    /** The policies of a Service's port; a LoadBalancer is taken to have its address. */
    public static TrafficPolicies of(Service service, Service.Port port) {
        return new TrafficPolicies(
                service.internalTrafficPolicy() == Service.TrafficPolicy.LOCAL,
                service.externalTrafficPolicy() == Service.TrafficPolicy.LOCAL,
                port.nodePort() != 0 || service.type() == Service.Type.LOAD_BALANCER);
    }

    /** True if some traffic may go to any node. */
    public boolean usesClusterEndpoints() {
        return !internalLocal || external;
    }

    /** True if some traffic may only go to endpoints on the node it came to. */
    public boolean usesLocalEndpoints() {
        return internalLocal || (externalLocal && external);
    }
}
