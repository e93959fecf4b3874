package dev.wavetank.http;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.http.clock.ClockRoutes;
import dev.wavetank.http.dashboard.DashboardRoutes;
import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.http.host.SimulatedClock;
import dev.wavetank.http.ingress.Ingress;
import dev.wavetank.http.ingress.IngressRoutes;
import dev.wavetank.http.web.Guard;
import dev.wavetank.http.web.HttpServer;
import dev.wavetank.http.web.Routes;
import dev.wavetank.http.web.Streams;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A simulated cluster behind a real HTTP server: a Kubernetes API for kubectl and any client, a clock in the user's hand, a
 * dashboard.
 *
 * <p>In a test: start it with a cluster, give {@link #kubeconfig} to the client under test, and let time pass with {@link
 * #advance} between two assertions.
 */
public final class WavetankServer implements AutoCloseable {

    /** A server may run for days; whoever wants all decisions runs a scenario. */
    private static final int MOST_DECISIONS = 20_000;

    private final ClusterHost host;
    private final Ingress ingress;
    private final Streams streams;
    private final HttpServer http;

    private WavetankServer(ClusterHost host, Ingress ingress, Streams streams, HttpServer http) {
        this.host = host;
        this.ingress = ingress;
        this.streams = streams;
        this.http = http;
    }

    /**
     * Serves a cluster on this machine, on a free port, in real time.
     *
     * @param cluster belongs to the server from here on; reach it through {@link #host}
     * @throws IOException if the port cannot be had
     */
    public static WavetankServer start(Cluster cluster) throws IOException {
        return start(cluster, ServerOptions.STANDARD);
    }

    /**
     * Serves a cluster.
     *
     * @throws IOException if the port cannot be had
     */
    public static WavetankServer start(Cluster cluster, ServerOptions options) throws IOException {
        return start(cluster, new History(cluster), options);
    }

    /**
     * Serves a scenario's cluster, in which the scenario's clients send and its steps are taken as time passes.
     *
     * @throws IOException if the port cannot be had
     */
    public static WavetankServer start(ScenarioRunner.Staged staged, ServerOptions options) throws IOException {
        return start(staged.cluster(), staged.history(), options);
    }

    private static WavetankServer start(Cluster cluster, History history, ServerOptions options) throws IOException {
        Instant date = options.startDate() == null ? Instant.now() : options.startDate();
        ClusterHost host = ClusterHost.start(
                cluster, SimulatedClock.showing(date, cluster.now()), options.speed(), options.paused());
        host.run(owned -> owned.decisions().keepOnly(MOST_DECISIONS));
        Streams streams = new Streams(options.limits());
        Ingress ingress = Ingress.toModel(host, options.ingressPort(), options.onIngress());
        try {
            HttpServer http = HttpServer.start(
                    options.listen(),
                    options.port(),
                    options.token(),
                    options.limits(),
                    routes(host, history, ingress, streams));
            return new WavetankServer(host, ingress, streams, http);
        } catch (IOException | RuntimeException e) {
            ingress.close();
            streams.close();
            host.close();
            throw e;
        }
    }

    /** All that the server answers, in the order in which it is asked. */
    private static List<Routes> routes(ClusterHost host, History history, Ingress ingress, Streams streams) {
        return List.of(
                new ClockRoutes(host),
                new IngressRoutes(ingress),
                new DashboardRoutes(host, history, ingress, streams));
    }

    /** The cluster's keeper: does things to the cluster, and turns its clock. */
    public ClusterHost host() {
        return host;
    }

    public int port() {
        return http.port();
    }

    /** Where the server is, such as {@code http://127.0.0.1:43121}. */
    public String url() {
        return http.url();
    }

    /** What to open in a browser. */
    public String dashboardUrl() {
        String token = http.token();
        return url() + "/" + (token == null ? "" : "?token=" + token);
    }

    /** A kubeconfig with all that a client needs to know, as YAML. */
    public String kubeconfig() {
        return Kubeconfig.yaml(http);
    }

    /** Who is let in. */
    public Guard guard() {
        return http.guard();
    }

    /** Lets virtual time pass as fast as it goes, and returns when it has. */
    public void advance(Duration span) {
        host.advance(span);
    }

    /** Lets virtual time pass until every workload is what it should be; false if that takes longer than {@code atMost}. */
    public boolean settle(Duration atMost) {
        return host.settle(atMost);
    }

    /** The real ports in front of the cluster's Services. */
    public Ingress ingress() {
        return ingress;
    }

    @Override
    public void close() {
        ingress.close();
        streams.close();
        http.close();
        host.close();
    }
}
