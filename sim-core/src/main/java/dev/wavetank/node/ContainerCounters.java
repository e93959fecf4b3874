package dev.wavetank.node;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Container;
import dev.wavetank.model.Pod;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import java.util.ArrayList;
import java.util.List;

/**
 * The cgroup of one run of a container: what its process has used, held to the container's CPU limit.
 *
 * <p>Work beyond the limit is not lost but late: the counter goes on at the limit's rate until it has caught up, as a
 * process does that the kernel throttles.
 */
final class ContainerCounters implements RunningContainer {

    /** What runtime and probes take while nobody calls: recordings of an idle service show 1m. */
    private static final long IDLE_CPU_NANOS_PER_SECOND = 800_000;

    /** What it takes to get a process going, so that even the first sample shows some. */
    private static final long START_CPU_NANOS = 10_000_000;

    /** What a small service needs, of which nothing more is known. */
    private static final long LEAST_WORKING_SET_BYTES = 24L << 20;

    private record Burn(long from, long until, long cpuMillis) {
        long nanosUpTo(long now) {
            return (Math.min(now, until) - from) / 1000 * cpuMillis;
        }
    }

    private final Simulation simulation;
    private final String node;
    private final Pod pod;
    private Container spec;
    private final AppServer process;
    private final long createdAt;
    private final List<Burn> burns = new ArrayList<>();
    private long lastLook;
    private long used = START_CPU_NANOS;

    /** Counters of a process that starts now. */
    ContainerCounters(Simulation simulation, String node, Pod pod, Container spec, AppServer process) {
        this.simulation = simulation;
        this.node = node;
        this.pod = pod;
        this.spec = spec;
        this.process = process;
        this.createdAt = simulation.now();
        this.lastLook = createdAt;
    }

    /** Its container is held to other limits from now on. */
    void resized(Container changed) {
        cpuNanos();
        spec = changed;
    }

    /** Keeps a processor busy beside the requests, as {@code GET /stress} of the demo service does. */
    void burn(long cpuMillis, long nanos) {
        burns.add(new Burn(simulation.now(), simulation.now() + nanos, cpuMillis));
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String namespace() {
        return pod.metadata().namespace();
    }

    @Override
    public String pod() {
        return pod.name();
    }

    @Override
    public String container() {
        return spec.name();
    }

    @Override
    public long createdAt() {
        return createdAt;
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public long cpuNanos() {
        long now = simulation.now();
        if (!isRunning() || now == lastLook) {
            return used;
        }
        long idle = (now - createdAt) / 1000 * IDLE_CPU_NANOS_PER_SECOND / (Times.SECOND / 1000);
        long wanted = START_CPU_NANOS + idle + process.cpuNanos();
        for (Burn burn : burns) {
            wanted += burn.nanosUpTo(now);
        }
        long limit = spec.limits().cpuMillis();
        used = limit == 0 ? wanted : Math.min(wanted, used + (now - lastLook) / 1000 * limit);
        lastLook = now;
        return used;
    }

    @Override
    public long workingSetBytes() {
        return Math.max(process.memoryBytes(), LEAST_WORKING_SET_BYTES);
    }
}
