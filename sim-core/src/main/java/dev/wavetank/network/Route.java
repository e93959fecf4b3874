package dev.wavetank.network;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of new connections to a port of a Service: over the node whose rules decide. Behind a load balancer there are
 * several; it takes one at random of those that pass its health check.
 */
public final class Route {

    private final ServicePort[] nodes;
    private final Source source;
    private final Via via;
    private final RandomStream random;

    /**
     * A way over one of some nodes.
     *
     * @param random decides which; not used if there is one
     */
    public Route(List<ServicePort> nodes, Source source, Via via, RandomStream random) {
        this.nodes = nodes.toArray(new ServicePort[0]);
        this.source = source;
        this.via = via;
        this.random = random;
    }

    /** Opens a connection; returns why it cannot be, or null. {@link Failure#TIMEOUT} means there will be no answer. */
    @Nullable
    Failure open(Connection connection, long now) {
        ServicePort node = nodes.length == 1 ? nodes[0] : anyHealthy();
        if (node == null) {
            return Failure.REFUSED;
        }
        Spread spread = node.spread(source, via);
        if (spread != null && spread.open(connection, now)) {
            return null;
        }
        if (node.isHeadless()) {
            return Failure.UNRESOLVED;
        }
        return node.drops(source, via) ? Failure.TIMEOUT : Failure.REFUSED;
    }

    private @Nullable ServicePort anyHealthy() {
        int healthy = 0;
        for (ServicePort node : nodes) {
            healthy += node.isHealthy() ? 1 : 0;
        }
        if (healthy == 0) {
            return null;
        }
        int left = random.nextInt(healthy);
        for (ServicePort node : nodes) {
            if (node.isHealthy() && left-- == 0) {
                return node;
            }
        }
        return null;
    }

    /** The list of pods that new connections are spread over now, where it is one and the same for all; else null. */
    @Nullable
    Spread spread() {
        return nodes.length == 1 ? nodes[0].spread(source, via) : null;
    }
}
