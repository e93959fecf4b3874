package dev.wavetank.network;

/**
 * Makes balancers of one kind. For a strategy of your own, implement this, name the class in {@code
 * META-INF/services/dev.wavetank.network.BalancerFactory}, and use its name where a scheduler's name is asked for.
 */
public interface BalancerFactory {

    /** The name it goes by, such as {@code wlc}; not one that {@link Balancers} has already. */
    String name();

    /** A balancer for one port of a Service on one node, without destinations. */
    Balancer create(BalancerSetting setting);
}
