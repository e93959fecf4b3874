package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Endpoint;

/**
 * One address behind one port of a Service as kube-proxy on one node sees it.
 *
 * @param text {@code ip:port}, by which endpoints are told apart and put in order
 * @param pod the pod's name; empty if unknown
 * @param local it runs on this node
 * @param forZones zones it is hinted at; usually empty
 * @param forNodes nodes it is hinted at; usually empty
 */
public record ProxyEndpoint(
        String text,
        String pod,
        boolean ready,
        boolean serving,
        boolean terminating,
        boolean local,
        ImmutableList<String> forZones,
        ImmutableList<String> forNodes) {

    /** An endpoint of a slice, at the port that slice gives for the Service's port. */
    public static ProxyEndpoint of(Endpoint endpoint, int port, String nodeName) {
        return new ProxyEndpoint(
                text(endpoint.address(), port),
                endpoint.targetPod(),
                endpoint.ready(),
                endpoint.serving(),
                endpoint.terminating(),
                endpoint.nodeName().equals(nodeName),
                endpoint.forZones(),
                endpoint.forNodes());
    }

    /** An address with its port; an IPv6 address comes in brackets. */
    public static String text(String address, int port) {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }

    boolean servesWhileTerminating() {
        return serving && terminating;
    }
}
