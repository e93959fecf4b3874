package dev.wavetank.network;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of new connections to a port of a Service: over the node whose rules decide. Behind a load balancer there are
 * several; it takes one at random of those that pass its health check.
 */
public final class Route {

    private final List<Supplier<@Nullable ServicePort>> sources;

    /** By node; null as long as there is no such port of such a Service. */
    private final @Nullable ServicePort[] nodes;

    private final Source source;
    private final Via via;
    private final RandomStream random;
    private final @Nullable Supplier<@Nullable Gate> gate;

    /**
     * A way over one of some nodes.
     *
     * @param nodes where each node's rules for the port are found; asked again and again as long as there are none
     * @param random decides which; not used if there is one
     */
    public Route(List<Supplier<@Nullable ServicePort>> nodes, Source source, Via via, RandomStream random) {
        this(nodes, source, via, random, null);
    }

    /**
     * A way that leads to a gate whenever there is one.
     *
     * @param gate says which, each time anew; null if there never is one
     */
    public Route(
            List<Supplier<@Nullable ServicePort>> nodes,
            Source source,
            Via via,
            RandomStream random,
            @Nullable Supplier<@Nullable Gate> gate) {
        this.gate = gate;
        this.sources = List.copyOf(nodes);
        this.nodes = new @Nullable ServicePort[nodes.size()];
        this.source = source;
        this.via = via;
        this.random = random;
    }

    /** The gate requests come to first, if there is one now. */
    @Nullable
    Gate gate() {
        Supplier<@Nullable Gate> supplier = gate;
        return supplier == null ? null : supplier.get();
    }

    /** Opens a connection; returns why it cannot be, or null. {@link Failure#TIMEOUT} means there will be no answer. */
    @Nullable
    Failure open(Connection connection, long now) {
        ServicePort node = nodes.length == 1 ? node(0) : anyHealthy();
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

    /** True if a connection would be refused at once. */
    boolean refuses() {
        for (int i = 0; i < nodes.length; i++) {
            ServicePort node = node(i);
            boolean considered = nodes.length == 1 || isHealthy(node);
            if (node != null && considered && (node.spread(source, via) != null || node.drops(source, via))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ServicePort node(int index) {
        ServicePort known = nodes[index];
        if (known == null) {
            known = sources.get(index).get();
            nodes[index] = known;
        }
        return known;
    }

    private @Nullable ServicePort anyHealthy() {
        int healthy = 0;
        for (int i = 0; i < nodes.length; i++) {
            healthy += isHealthy(node(i)) ? 1 : 0;
        }
        int left = healthy == 0 ? 0 : random.nextInt(healthy);
        for (int i = 0; i < nodes.length; i++) {
            if (isHealthy(node(i)) && left-- == 0) {
                return node(i);
            }
        }
        return null;
    }

    private static boolean isHealthy(@Nullable ServicePort node) {
        return node != null && node.isHealthy();
    }

    /** The list of pods that new connections are spread over now, where it is one and the same for all; else null. */
    @Nullable
    Spread spread() {
        ServicePort only = nodes.length == 1 ? node(0) : null;
        return only == null ? null : only.spread(source, via);
    }
}
