package dev.wavetank.benchmarks;

import dev.wavetank.network.Client;
import dev.wavetank.network.Connections;
import dev.wavetank.network.ProxySettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Requests per microsecond through the whole model: sent at random instants, a pod picked by the node's rules, a connection
 * made, over the network, processor time shared under a limit, back, counted.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Request}, with {@code -prof gc} for bytes per request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBenchmark {
    private static final int REQUESTS = 10_000;

    /** Who spreads the connections. */
    @Param({"iptables", "ipvs rr", "ipvs wlc"})
    public String proxy;

    /** Whether each request has a connection of its own. */
    @Param({"PER_REQUEST", "KEEP_ALIVE"})
    public Connections.Kind connections;

    /** What a request is to its pod: processor time, then waiting, or only one of them. */
    @Param({"cpu", "time", "cpu+time"})
    public String work;

    private SimulatedService service;

    /** Ten pods, and as many requests as it takes for every array to have grown. */
    @Setup
    public void prepare() {
        String[] mode = proxy.split(" ", -1);
        ProxySettings settings = ProxySettings.of(
                mode[0].equals("ipvs") ? ProxySettings.Mode.IPVS : ProxySettings.Mode.IPTABLES,
                mode.length > 1 ? mode[1] : ProxySettings.DEFAULT_SCHEDULER);
        Connections kept =
                connections == Connections.Kind.PER_REQUEST ? Connections.PER_REQUEST : Connections.KEEP_ALIVE;
        service = new SimulatedService(
                settings,
                kept,
                10,
                work.startsWith("cpu") ? "exponential(500us)" : "0s",
                work.endsWith("time") ? "exponential(1ms)" : "0s");
        service.run(3_000_000);
    }

    /** Sends requests at ten thousand a second of virtual time. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public Client requests() {
        service.run(REQUESTS);
        return service.client();
    }
}
