package dev.wavetank.network;

import dev.wavetank.engine.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One address and port of a Service in IPVS mode: destinations with counted connections, a scheduler, and with ClientIP
 * affinity the templates. Endpoints that leave stay with weight 0 as long as connections to them are tracked.
 *
 * <p>Simplified: an established connection is tracked until it is closed, not forgotten after 15 idle minutes.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/ipvs; linux 6.12 net/netfilter/ipvs.
 */
final class VirtualServer implements Spread {

    private static final long SECOND = 1_000_000_000L;

    /** After a close in good order the kernel still tracks the connection for so long. */
    static final long TIME_WAIT_NANOS = 120 * SECOND;

    /** After a reset. */
    static final long CLOSE_NANOS = 10 * SECOND;

    private final AddressBook book = new AddressBook();
    private final Balancer scheduler;
    private final @Nullable PersistenceTemplates templates;
    private final RandomStream order;
    private final RandomBits random;

    private final ClosedConnections timeWait = new ClosedConnections();
    private final ClosedConnections resets = new ClosedConnections();

    /** By destination: connections tracked, active or not, and its weight; a negative weight is that of one deleted. */
    private int[] tracked = new int[8];

    private int[] weight = new int[8];
    private final List<Integer> draining = new ArrayList<>();
    private int[] live = new int[0];
    private int version;

    /**
     * A server without destinations.
     *
     * @param order shuffles what is added in one sync, as kube-proxy does by walking a Go map
     */
    VirtualServer(
            BalancerFactory factory,
            int virtualAddress,
            @Nullable PersistenceTemplates templates,
            RandomStream order,
            RandomBits random) {
        this.scheduler = factory.create(new BalancerSetting(virtualAddress, true, book::ipv4, book::port));
        this.templates = templates;
        this.order = order;
        this.random = random;
    }

    /** Makes these the destinations that take new connections. */
    void sync(List<ProxyEndpoint> wanted, Function<ProxyEndpoint, PodAddress> addresses, long now) {
        forget(now);
        Set<String> texts = new LinkedHashSet<>();
        wanted.forEach(endpoint -> texts.add(endpoint.text()));
        for (String text : List.copyOf(book.numbers().keySet())) {
            if (!texts.contains(text)) {
                leave(text);
            }
        }
        List<ProxyEndpoint> newcomers = new ArrayList<>();
        for (ProxyEndpoint endpoint : wanted) {
            Integer number = book.numberOf(endpoint.text());
            if (number != null && weight[number] == 0) {
                // It came back while it was draining: deleted and added again.
                delete(endpoint.text(), number);
                number = null;
            }
            if (number == null) {
                newcomers.add(endpoint);
            }
        }
        order.shuffle(newcomers);
        for (ProxyEndpoint endpoint : newcomers) {
            enter(endpoint.text(), addresses.apply(endpoint));
        }
        live = book.numbers().values().stream()
                .mapToInt(number -> number)
                .filter(number -> weight[number] > 0)
                .toArray();
        version++;
    }

    private void enter(String text, PodAddress address) {
        int number = book.enter(text, address);
        if (number >= weight.length) {
            weight = Arrays.copyOf(weight, 2 * number);
            tracked = Arrays.copyOf(tracked, 2 * number);
        }
        weight[number] = 1;
        tracked[number] = 0;
        scheduler.add(number, 1);
    }

    private void leave(String text) {
        Integer number = book.numberOf(text);
        if (number == null || weight[number] == 0) {
            return;
        }
        if (GracefulRemoval.of(true, tracked[number]) == GracefulRemoval.DELETE) {
            delete(text, number);
        } else {
            weight[number] = 0;
            scheduler.reweigh(number, 0);
            draining.add(number);
        }
    }

    private void delete(String text, int number) {
        weight[number] = -1;
        scheduler.remove(number);
        draining.remove((Integer) number);
        book.strike(text);
        freeIfUnused(number);
    }

    /** Templates may still name a number long after, so with affinity none is given out twice. */
    private void freeIfUnused(int number) {
        if (tracked[number] == 0 && templates == null) {
            book.free(number);
        }
    }

    boolean isDraining() {
        return !draining.isEmpty();
    }

    /** Deletes the draining destinations that no tracked connection needs any more. */
    void poll(long now) {
        forget(now);
        for (String text : List.copyOf(book.numbers().keySet())) {
            Integer number = book.numberOf(text);
            if (number != null
                    && weight[number] == 0
                    && GracefulRemoval.of(true, tracked[number]) == GracefulRemoval.DELETE) {
                delete(text, number);
            }
        }
    }

    /** Drops what the kernel's timers would have dropped by now; nothing looks at the counters in between. */
    private void forget(long now) {
        while (timeWait.firstExpiry() <= now) {
            forgetFirst(timeWait);
        }
        while (resets.firstExpiry() <= now) {
            forgetFirst(resets);
        }
    }

    private void forgetFirst(ClosedConnections closed) {
        int destination = closed.firstDestination();
        PersistenceTemplates memory = templates;
        if (memory != null) {
            memory.forgotten(closed.firstTemplate(), closed.firstExpiry());
        }
        closed.removeFirst();
        tracked[destination]--;
        if (weight[destination] >= 0) {
            scheduler.forgotten(destination);
        } else {
            freeIfUnused(destination);
        }
    }

    @Override
    public boolean open(Connection connection, long now) {
        forget(now);
        int client = connection.clientAddress;
        PersistenceTemplates memory = templates;
        int picked = memory == null ? Balancer.NONE : memory.find(client, now);
        if (picked == Balancer.NONE || weight[picked] <= 0) {
            picked = scheduler.pick(now, client, connection.clientPort, random);
        }
        if (picked == Balancer.NONE) {
            return false;
        }
        scheduler.opened(picked);
        tracked[picked]++;
        connection.leadTo(book.address(picked), picked, this);
        connection.template = memory == null ? -1 : memory.opened(client, picked, now);
        return true;
    }

    @Override
    public void closed(Connection connection, long now, boolean reset) {
        int destination = connection.destination;
        if (weight[destination] >= 0) {
            scheduler.finished(destination);
        }
        (reset ? resets : timeWait)
                .add(now + (reset ? CLOSE_NANOS : TIME_WAIT_NANOS), destination, connection.template);
    }

    @Override
    public void answered(Connection connection, long latencyNanos, long now) {
        if (weight[connection.destination] >= 0) {
            scheduler.answered(connection.destination, latencyNanos, now);
        }
    }

    @Override
    public int size() {
        return live.length;
    }

    @Override
    public PodAddress at(int index) {
        return book.address(live[index]);
    }

    @Override
    public int version() {
        return version;
    }
}
