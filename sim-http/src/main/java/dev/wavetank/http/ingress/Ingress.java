package dev.wavetank.http.ingress;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.CallerSettings;
import dev.wavetank.network.Traffic;
import dev.wavetank.network.Visitors;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a real port open for every way into the cluster, as Services come, change and go. A node's port gets the same number
 * here if it is free; the first port of a load balancer the one asked for; all others, and those whose number is taken, get
 * a free one and keep it as long as the Service lives.
 */
public final class Ingress implements AutoCloseable {

    /** A way in and the real port it has. */
    public record Opened(IngressPort way, int port, boolean accepting) {}

    /** How long a Linux client knocks in vain before it gives up. */
    private static final long PATIENCE_NANOS = 127_000_000_000L;

    private static final long LOOK_MILLIS = 50;

    private final ClusterHost host;
    private final Front front;
    private final int firstPort;
    private final InetAddress address;
    private final Consumer<Opened> onOpened;
    private final ScheduledExecutorService keeper;
    private final Map<IngressPort, Door> doors = new LinkedHashMap<>();
    private final Map<String, Visitors> accounts = new LinkedHashMap<>();
    private volatile boolean servicesChanged = true;
    private volatile List<Opened> opened = List.of();

    private Ingress(ClusterHost host, Front front, int firstPort, Consumer<Opened> onOpened) {
        this.host = host;
        this.front = front;
        this.firstPort = firstPort;
        this.onOpened = onOpened;
        this.address = InetAddress.getLoopbackAddress();
        this.keeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "wavetank-ingress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens ports for a cluster, those there are already before it returns.
     *
     * @param firstPort for the first port of the first load balancer; 0 for a free one
     * @param onOpened told of every new port
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it; closing ends it
    static Ingress start(ClusterHost host, Front front, int firstPort, Consumer<Opened> onOpened) {
        Ingress ingress = new Ingress(host, front, firstPort, onOpened);
        host.run(cluster ->
                cluster.store().watch(ResourceKind.SERVICE, dev.wavetank.model.WatchDelay.NONE, ingress::on));
        ingress.look();
        ingress.keeper.scheduleWithFixedDelay(ingress::lookSafely, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return ingress;
    }

    /** An ingress to modelled apps. */
    public static Ingress toModel(ClusterHost host, int firstPort, Consumer<Opened> onOpened) {
        return start(host, new HttpFront(), firstPort, onOpened);
    }

    private void on(WatchEvent event) {
        servicesChanged = true;
    }

    /** What is open, in the order of opening. */
    public List<Opened> opened() {
        return opened;
    }

    /** The accounts of those who came in, by name; to be called on the simulation's thread. */
    public Map<String, Traffic> traffic() {
        Map<String, Traffic> traffic = new LinkedHashMap<>();
        accounts.forEach((name, visitors) -> traffic.put(name, visitors.traffic()));
        return traffic;
    }

    private void lookSafely() {
        try {
            look();
        } catch (IllegalStateException e) {
            // the cluster is gone or has failed: whoever asks it is told
        }
    }

    private void look() {
        boolean changed = false;
        if (servicesChanged) {
            servicesChanged = false;
            changed = follow(host.call(Ingress::wanted));
        }
        Map<IngressPort, Boolean> accepting = host.call(cluster -> {
            Map<IngressPort, Boolean> now = new LinkedHashMap<>();
            doors.forEach((way, door) -> now.put(way, !door.visitors().areRefused()));
            return now;
        });
        for (Map.Entry<IngressPort, Boolean> each : accepting.entrySet()) {
            Door door = doors.get(each.getKey());
            if (door != null && door.isOpen() != each.getValue()) {
                changed = true;
                set(door, each.getValue());
            }
        }
        if (changed) {
            opened = doors.values().stream()
                    .map(door -> new Opened(door.way(), door.port(), door.isOpen()))
                    .toList();
        }
    }

    private void set(Door door, boolean accepting) {
        try {
            door.set(accepting);
        } catch (IOException e) {
            servicesChanged = true; // somebody took the port in between; the next look finds another
            door.close();
            doors.remove(door.way());
        }
    }

    private static Set<IngressPort> wanted(Cluster cluster) {
        Set<IngressPort> wanted = new LinkedHashSet<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.SERVICE)) {
            wanted.addAll(IngressPort.of((Service) object));
        }
        return wanted;
    }

    private boolean follow(Set<IngressPort> wanted) {
        boolean changed = false;
        for (Iterator<Door> each = doors.values().iterator(); each.hasNext(); ) {
            Door door = each.next();
            if (!wanted.contains(door.way())) {
                door.close();
                each.remove();
                changed = true;
            }
        }
        List<Door> fresh = new ArrayList<>();
        for (IngressPort way : wanted) {
            if (!doors.containsKey(way)) {
                fresh.add(open(way));
            }
        }
        fresh.forEach(door -> onOpened.accept(new Opened(door.way(), door.port(), door.isOpen())));
        return changed || !fresh.isEmpty();
    }

    private Door open(IngressPort way) {
        Visitors visitors = host.call(cluster -> accounts.computeIfAbsent(
                way.account(),
                name -> cluster.addVisitors(
                        name, way.namespace(), way.target(), CallerSettings.STANDARD.withTimeout(PATIENCE_NANOS))));
        Door door = new Door(way, visitors, front, host, address);
        try {
            door.take(wantedNumber(way));
        } catch (IOException e) {
            throw new IllegalStateException("no port is free for " + way.text(), e);
        }
        doors.put(way, door);
        return door;
    }

    private int wantedNumber(IngressPort way) {
        if (!way.isBalancer()) {
            return way.number();
        }
        boolean first = doors.keySet().stream().noneMatch(IngressPort::isBalancer);
        return first ? firstPort : 0;
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        try {
            keeper.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        doors.values().forEach(Door::close);
        front.close();
    }
}
