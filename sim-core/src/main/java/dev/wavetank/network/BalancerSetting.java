package dev.wavetank.network;

import java.util.function.IntUnaryOperator;

/**
 * What a balancer may want to know of the port it serves, beyond its destinations.
 *
 * @param virtualAddress the address clients connect to, as {@link Balancer} takes addresses
 * @param hashesClientPort the client's port is part of what {@code mh} hashes; kube-proxy sets this
 * @param addressOf address of a destination
 * @param portOf port of a destination
 */
public record BalancerSetting(
        int virtualAddress, boolean hashesClientPort, IntUnaryOperator addressOf, IntUnaryOperator portOf) {

    /** A setting for balancers that hash nothing. */
    public static final BalancerSetting PLAIN = new BalancerSetting(0, true, destination -> 0, destination -> 0);
}
