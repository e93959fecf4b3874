package dev.wavetank.benchmarks;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;
import dev.wavetank.network.Balancer;
import dev.wavetank.network.BalancerSetting;
import dev.wavetank.network.Balancers;
import dev.wavetank.network.RandomBits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for a pick and for a whole connection of every strategy, beside a bare bounded draw ({@code draw}) and a bare
 * counter ({@code counter}). With a connection the strategies that count are told of it, and of the end of the one opened a
 * thousand connections before.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Balancing}, with {@code -prof gc} for bytes per connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BalancingBenchmark {
    /** Connections open at the same time; a power of two. */
    private static final int OPEN = 1024;

    /** A name of {@link Balancers}, or one of the two bare things. */
    @Param({
        "draw",
        "counter",
        "iptables",
        "iptables-exact",
        "nftables",
        "rr",
        "wrr",
        "lc",
        "wlc",
        "sed",
        "nq",
        "sh",
        "dh",
        "mh",
        "lblc",
        "lblcr",
        "p2c",
        "ewma"
    })
    public String strategy;

    /** How many endpoints there are. */
    @Param({"3", "10", "100", "1000", "10000"})
    public int endpoints;

    private final RandomStream stream = new RandomStreams(1).stream("balancing");
    private final RandomBits random = stream::nextInt;
    private final int[] open = new int[OPEN];
    private Balancer balancer;
    private boolean isDraw;
    private boolean isCounter;
    private int counter;

    /** All endpoints, and as many open connections as there will be. */
    @Setup
    public void prepare() {
        isDraw = strategy.equals("draw");
        isCounter = strategy.equals("counter");
        String name = isDraw || isCounter ? "rr" : strategy;
        BalancerSetting setting = new BalancerSetting(0x0a600001, true, i -> 0x0af40000 + i, i -> 8000);
        balancer = Balancers.installed().named(name).create(setting);
        int[] destinations = new int[endpoints];
        for (int i = 0; i < endpoints; i++) {
            destinations[i] = i;
        }
        balancer.replaceAll(destinations);
        for (int i = 0; i < OPEN; i++) {
            open[i] = balancer.pick(i, i, i, random);
            balancer.opened(open[i]);
        }
    }

    /** Picks alone: nobody counts anything. */
    @Benchmark
    public int pick() {
        if (isDraw) {
            return stream.nextInt(endpoints);
        }
        counter = counter + 1 == endpoints ? 0 : counter + 1;
        return isCounter ? counter : balancer.pick(counter, counter * 31, counter, random);
    }

    /** One connection comes, another goes. */
    @Benchmark
    public int connection() {
        if (isDraw || isCounter) {
            return pick();
        }
        int slot = counter++ & (OPEN - 1);
        balancer.finished(open[slot]);
        balancer.forgotten(open[slot]);
        int picked = balancer.pick(counter, counter * 31, counter, random);
        balancer.opened(picked);
        open[slot] = picked;
        return picked;
    }
}
