package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.Informer;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the Services and EndpointSlices one node has heard of into what its kernel does with connections. Rules lag behind:
 * changes are collected and applied by a sync, when {@link SyncRunner} allows one.
 *
 * <p>A headless Service is not the business of a kube-proxy but of the cluster's DNS; as both watch the same objects, this
 * class answers for it too, at once and without a sync.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy.
 */
public final class KubeProxy {

    /** Told whenever the rules for a Service port are written anew. */
    @FunctionalInterface
    public interface RulesObserver {

        /**
         * New connections go by these from now on.
         *
         * @param service the Service
         * @param port the port's name; may be empty
         * @param endpoints which endpoints are used for what, and why
         */
        void written(Service service, String port, EndpointCategories endpoints);
    }

    private final Simulation simulation;
    private final ProxySettings settings;
    private final String nodeName;
    private final String zone;
    private final PodNetwork network;
    private final Distribution syncTime;
    private final RandomStream random;
    private final Informer<Service> services;
    private final Informer.Index<EndpointSlice> slicesByService;

    /** By {@code namespace/service:port name}; clients hold on to the ports. */
    private final Map<String, ServicePort> ports = new TreeMap<>();

    private final Set<String> changedServices = new LinkedHashSet<>();
    private RulesObserver observer = (service, port, endpoints) -> {};
    private SyncRunner runner;
    private long timer;
    private long pollTimer;

    /** A proxy that has just synced. */
    public KubeProxy(
            Simulation simulation,
            Store store,
            ProxySettings settings,
            String nodeName,
            String zone,
            Delays delays,
            PodNetwork network) {
        this.simulation = simulation;
        this.settings = settings;
        this.nodeName = nodeName;
        this.zone = zone;
        this.network = network;
        this.syncTime = delays.of(Delay.PROXY_SYNC);
        this.random = simulation.random().stream("kube-proxy/" + nodeName);
        this.runner = SyncRunner.startedAt(simulation.now(), settings.mode().periods());
        this.services = new Informer<>(
                store,
                ResourceKind.SERVICE,
                Service.class,
                delays.watch(simulation, "kube-proxy/" + nodeName + "/services"));
        Informer<EndpointSlice> slices = new Informer<>(
                store,
                ResourceKind.ENDPOINT_SLICE,
                EndpointSlice.class,
                delays.watch(simulation, "kube-proxy/" + nodeName + "/endpointslices"));
        this.slicesByService = slices.indexBy(KubeProxy::serviceOf);
        services.onChange((before, after) -> {
            Service service = after == null ? before : after;
            if (service != null) {
                changed(nameOf(service));
            }
        });
        slices.onChange((before, after) -> {
            EndpointSlice slice = after == null ? before : after;
            if (slice != null) {
                changed(serviceOf(slice));
            }
        });
        services.list().forEach(service -> apply(nameOf(service)));
    }

    private static String nameOf(Service service) {
        return service.metadata().namespace() + "/" + service.name();
    }

    private static String serviceOf(EndpointSlice slice) {
        return slice.metadata().namespace() + "/" + slice.serviceName();
    }

    /**
     * What this node does with connections to a port of a Service; stays the same object while what it says changes.
     *
     * @param port the name of the Service's port, or its number; empty for the first
     * @return null if this node has not heard of such a port
     */
    public @Nullable ServicePort port(String namespace, String service, String port) {
        Service known = services.get(new ObjectKey(ResourceKind.SERVICE, namespace, service));
        if (known != null) {
            for (Service.Port each : known.ports()) {
                boolean meant = port.isEmpty()
                        || each.name().equals(port)
                        || Integer.toString(each.port()).equals(port);
                if (meant) {
                    return portNamed(nameOf(known), each.name());
                }
            }
        }
        return null;
    }

    private ServicePort portNamed(String service, String port) {
        return ports.computeIfAbsent(
                service + ":" + port,
                name -> new ServicePort(settings, simulation.random(), "kube-proxy/" + nodeName + "/" + name));
    }

    private void changed(String service) {
        Service known = services.get(key(service));
        if (known != null && isHeadless(known)) {
            apply(service);
            return;
        }
        changedServices.add(service);
        runner = runner.requested(simulation.now());
        schedule();
    }

    private void schedule() {
        simulation.cancel(timer);
        timer = 0;
        long next = runner.nextStart();
        if (next != SyncRunner.NEVER) {
            timer = simulation.at(Math.max(next, simulation.now()), this::sync);
        }
    }

    /** Takes up all changes made so far; only Services that changed are written anew. */
    private void sync() {
        timer = 0;
        runner = runner.started();
        simulation.after(syncTime.sampleNanos(random), () -> {
            List<String> taken = List.copyOf(changedServices);
            changedServices.clear();
            taken.forEach(this::apply);
            runner = runner.finished(simulation.now(), true);
            schedule();
        });
    }

    private static ObjectKey key(String service) {
        int slash = service.indexOf('/');
        return new ObjectKey(ResourceKind.SERVICE, service.substring(0, slash), service.substring(slash + 1));
    }

    private static boolean isHeadless(Service service) {
        return service.clusterIp().equals("None");
    }

    private void apply(String name) {
        Service service = services.get(key(name));
        Set<String> present = new LinkedHashSet<>();
        if (service != null && service.type() != Service.Type.EXTERNAL_NAME) {
            for (Service.Port port : service.ports()) {
                present.add(name + ":" + port.name());
                if (isHeadless(service)) {
                    publish(name, port);
                } else {
                    apply(name, service, port);
                }
            }
        }
        ports.forEach((portName, port) -> {
            if (portName.startsWith(name + ":") && !present.contains(portName)) {
                port.clear();
            }
        });
    }

    private void apply(String name, Service service, Service.Port port) {
        Map<String, Endpoint> listed = new LinkedHashMap<>();
        List<ProxyEndpoint> endpoints = endpoints(name, port, listed);
        TrafficPolicies policies = TrafficPolicies.of(service, port);
        EndpointCategories categories = EndpointCategories.of(endpoints, policies, nodeName, zone);
        ServicePort rules = portNamed(name, port.name());
        rules.sync(
                policies,
                categories,
                service.affinityTimeoutSeconds(),
                Ipv4.of(service.clusterIp()),
                addresses(listed),
                simulation.now());
        observer.written(service, port.name(), categories);
        if (rules.isDraining() && pollTimer == 0) {
            pollTimer = simulation.after(GracefulRemoval.POLL_NANOS, this::poll);
        }
    }

    private void poll() {
        boolean draining = false;
        for (ServicePort port : ports.values()) {
            port.poll(simulation.now());
            draining |= port.isDraining();
        }
        pollTimer = draining ? simulation.after(GracefulRemoval.POLL_NANOS, this::poll) : 0;
    }

    private void publish(String name, Service.Port port) {
        Map<String, Endpoint> listed = new LinkedHashMap<>();
        List<PodAddress> addresses = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (ProxyEndpoint endpoint : endpoints(name, port, listed)) {
            if (endpoint.ready()) {
                addresses.add(addresses(listed).apply(endpoint));
                texts.add(endpoint.text());
            }
        }
        portNamed(name, port.name()).publish(addresses, texts);
    }

    /** The endpoints of a port, out of all slices. */
    private ImmutableList<ProxyEndpoint> endpoints(String name, Service.Port port, Map<String, Endpoint> listed) {
        EndpointUnion union = new EndpointUnion();
        for (EndpointSlice slice : slicesByService.get(name)) {
            for (EndpointSlice.Port slicePort : slice.ports()) {
                if (slicePort.name().equals(port.name())) {
                    slice.endpoints().forEach(endpoint -> {
                        ProxyEndpoint seen = ProxyEndpoint.of(endpoint, slicePort.port(), nodeName);
                        union.add(seen);
                        listed.merge(seen.text(), endpoint, (one, other) -> one.terminating() ? other : one);
                    });
                }
            }
        }
        return union.sorted();
    }

    private Function<ProxyEndpoint, PodAddress> addresses(Map<String, Endpoint> listed) {
        return endpoint -> {
            Endpoint known = listed.get(endpoint.text());
            PodAddress address = network.address(known == null ? endpoint.text() : known.address(), endpoint.pod());
            if (known != null) {
                address.setNodeName(known.nodeName());
            }
            return address;
        };
    }

    /** Tells {@code observer}, and nobody before it any more, of all rules written from now on. */
    public void observeRules(RulesObserver observer) {
        this.observer = observer;
    }

    /** The mode and scheduler. */
    public ProxySettings settings() {
        return settings;
    }
}
