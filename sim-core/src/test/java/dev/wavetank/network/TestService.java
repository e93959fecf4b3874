package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Service over some pods on one node, without a cluster around it. */
final class TestService {

    static final long SECOND = 1_000_000_000L;
    static final long MILLISECOND = 1_000_000L;

    final Simulation simulation;
    final PodNetwork network = new PodNetwork();
    final ServicePort port;
    final List<PodAddress> pods = new ArrayList<>();
    final List<AppServer> servers = new ArrayList<>();
    final Route route;

    private final AppBehavior behavior;
    private final @Nullable Integer affinitySeconds;
    private final List<String> terminating = new ArrayList<>();
    private long lastNetworkDelay = 100_000;

    private TestService(long seed, ProxySettings proxy, AppBehavior behavior, @Nullable Integer affinitySeconds) {
        this.simulation = new Simulation(seed);
        this.behavior = behavior;
        this.affinitySeconds = affinitySeconds;
        this.port = new ServicePort(proxy, simulation.random(), "kube-proxy/node/web");
        this.route = new Route(
                List.of(() -> port), Source.NODE, Via.CLUSTER_IP, simulation.random().stream("load-balancer"));
    }

    static TestService of(long seed, int pods, AppBehavior behavior) {
        return of(seed, ProxySettings.STANDARD, null, pods, behavior);
    }

    static TestService of(
            long seed, ProxySettings proxy, @Nullable Integer affinitySeconds, int pods, AppBehavior behavior) {
        TestService service = new TestService(seed, proxy, behavior, affinitySeconds);
        for (int i = 0; i < pods; i++) {
            service.addPod();
        }
        service.sync();
        return service;
    }

    /** An app that listens at once. */
    static AppBehavior app(String cpu, String time, int concurrency, double cores) {
        return AppBehavior.STANDARD
                .withStartup(Distribution.parse("0s"))
                .withRequest(new AppBehavior.Work(
                        Distribution.parse(time), Distribution.parse(cpu), concurrency, Integer.MAX_VALUE, 0))
                .withLimits(new AppBehavior.Limits(cores, 0, 0));
    }

    TestService networkDelay(long nanos) {
        lastNetworkDelay = nanos;
        return this;
    }

    void addPod() {
        int number = pods.size() + 1;
        PodAddress address = network.address("10.244.0." + number, "pod-" + number);
        address.connect();
        pods.add(address);
        servers.add(null);
        restart(number - 1);
    }

    /** A new process in the pod. */
    void restart(int index) {
        AppServer server =
                new AppServer(simulation, behavior, simulation.random().stream("app/" + index), exitCode -> {});
        servers.set(index, server);
        pods.get(index).serveWith(server);
    }

    /** The pods of these positions are no longer listed as ready. */
    void leave(int index) {
        terminating.add(pods.get(index).podName());
        sync();
    }

    void comeBack(int index) {
        terminating.remove(pods.get(index).podName());
        sync();
    }

    void sync() {
        TrafficPolicies policies = new TrafficPolicies(false, false, false);
        List<ProxyEndpoint> endpoints = new ArrayList<>();
        for (PodAddress pod : pods) {
            if (!terminating.contains(pod.podName())) {
                endpoints.add(new ProxyEndpoint(
                        pod.ip() + ":8000",
                        pod.podName(),
                        true,
                        true,
                        false,
                        true,
                        ImmutableList.of(),
                        ImmutableList.of()));
            }
        }
        EndpointCategories categories = EndpointCategories.of(endpoints, policies, "node", "");
        port.sync(
                policies,
                categories,
                affinitySeconds,
                Ipv4.of("10.96.0.10"),
                endpoint -> network.address(endpoint.text().replace(":8000", ""), endpoint.pod()),
                simulation.now());
    }

    Client client(CallerSettings settings, Load load) {
        return client("client", settings, (sentAt, endedAt, pod, failure) -> {}, load);
    }

    Client client(String name, CallerSettings settings, Client.Observer observer, Load load) {
        Traffic traffic = new Traffic(name, route);
        Caller caller = new Caller(
                simulation,
                "client/" + name,
                route,
                settings,
                new Distribution.Constant(lastNetworkDelay),
                traffic,
                observer);
        Client client = new Client(simulation, name, caller, List.of(load));
        client.start();
        return client;
    }

    void runFor(long nanos) {
        simulation.runFor(nanos);
    }
}
