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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the Services and EndpointSlices one node has heard of into the rules its kernel follows. Rules lag behind: changes
 * are collected and applied by a sync, when {@link SyncRunner} allows one.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy.
 */
public final class KubeProxy {

    /** What the kernel does with new connections to one port of a Service; replaced as a whole by a sync. */
    public static final class Rules {

        private static final PodAddress[] NOBODY = new PodAddress[0];

        private final RandomStream random;
        private PodAddress[] endpoints = NOBODY;

        private Rules(RandomStream random) {
            this.random = random;
        }

        /** The address a new connection is sent to, or null if it is refused. */
        public @Nullable PodAddress pick() {
            PodAddress[] candidates = endpoints;
            return candidates.length == 0 ? null : candidates[random.nextInt(candidates.length)];
        }
    }

    private final Simulation simulation;
    private final String nodeName;
    private final String zone;
    private final PodNetwork network;
    private final Distribution syncTime;
    private final RandomStream random;
    private final Informer<Service> services;
    private final Informer.Index<EndpointSlice> slicesByService;
    private final Map<String, Rules> rulesByService = new LinkedHashMap<>();
    private SyncRunner runner;
    private long timer;

    /** A proxy in iptables mode that has just synced. */
    public KubeProxy(
            Simulation simulation, Store store, String nodeName, String zone, Delays delays, PodNetwork network) {
        this.simulation = simulation;
        this.nodeName = nodeName;
        this.zone = zone;
        this.network = network;
        this.syncTime = delays.of(Delay.PROXY_SYNC);
        this.random = simulation.random().stream("kube-proxy/" + nodeName);
        this.runner = SyncRunner.startedAt(simulation.now(), SyncRunner.Periods.IPTABLES);
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
        this.slicesByService = slices.indexBy(slice -> slice.metadata().namespace() + "/" + slice.serviceName());
        services.onChange((before, after) -> changed());
        slices.onChange((before, after) -> changed());
        applyAll();
    }

    /** The rules for the first port of a Service; stay the same object while what they say changes. */
    public Rules rulesFor(String namespace, String service) {
        return rulesByService.computeIfAbsent(namespace + "/" + service, this::newRules);
    }

    private Rules newRules(String service) {
        return new Rules(simulation.random().stream("kube-proxy/" + nodeName + "/" + service));
    }

    private void changed() {
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

    private void sync() {
        timer = 0;
        runner = runner.started();
        simulation.after(syncTime.sampleNanos(random), () -> {
            applyAll();
            runner = runner.finished(simulation.now(), true);
            schedule();
        });
    }

    private void applyAll() {
        for (Service service : services.list()) {
            apply(service);
        }
        rulesByService.forEach((name, rules) -> {
            int slash = name.indexOf('/');
            ObjectKey key = new ObjectKey(ResourceKind.SERVICE, name.substring(0, slash), name.substring(slash + 1));
            if (services.get(key) == null) {
                rules.endpoints = Rules.NOBODY;
            }
        });
    }

    private void apply(Service service) {
        if (service.ports().isEmpty() || service.clusterIp().equals("None")) {
            return;
        }
        String name = service.metadata().namespace() + "/" + service.name();
        String portName = service.ports().get(0).name();
        EndpointUnion union = new EndpointUnion();
        Map<String, Endpoint> byText = new LinkedHashMap<>();
        for (EndpointSlice slice : slicesByService.get(name)) {
            for (EndpointSlice.Port port : slice.ports()) {
                if (port.name().equals(portName)) {
                    slice.endpoints().forEach(endpoint -> {
                        ProxyEndpoint seen = ProxyEndpoint.of(endpoint, port.port(), nodeName);
                        union.add(seen);
                        byText.put(seen.text(), endpoint);
                    });
                }
            }
        }
        ImmutableList<ProxyEndpoint> usable = EndpointCategories.of(
                        union.sorted(),
                        TrafficPolicies.of(service, service.ports().get(0)),
                        nodeName,
                        zone)
                .clusterEndpoints();
        PodAddress[] addresses = new PodAddress[usable.size()];
        for (int i = 0; i < addresses.length; i++) {
            ProxyEndpoint endpoint = usable.get(i);
            Endpoint listed = byText.get(endpoint.text());
            addresses[i] = network.address(listed == null ? endpoint.text() : listed.address(), endpoint.pod());
        }
        rulesFor(service.metadata().namespace(), service.name()).endpoints = addresses;
    }
}
