package dev.wavetank.benchmarks;

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
 * Events per microsecond in the hold model, ours beside its peers: take the next event, put one back after an exponential
 * delay, with a constant number pending.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar EventLoop}, with {@code -prof gc} for bytes per event. Every
 * contender runs in a JVM of its own, does the same work and gets the same delays, drawn beforehand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventLoopBenchmark {
    private static final int EVENTS = 1000;

    /** Who runs the loop. */
    @Param
    public Contender contender;

    /** How many events are pending at any time. */
    @Param({"1000", "100000"})
    public int pending;

    private HoldModel model;

    /** Schedules the pending events, and runs each of them a few times, so that the queue has its usual shape. */
    @Setup
    public void prepare() {
        model = contender.prepare(new Delays(), pending);
        model.run(5 * pending);
    }

    /** Fires a fixed number of events, each of which schedules the next. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public HoldModel hold() {
        model.run(EVENTS);
        return model;
    }
}
