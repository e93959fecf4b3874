package dev.wavetank.autoscaling.metrics;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.RunningContainer;

/** A container that uses its processor evenly, at a rate that can be changed. */
final class SteadyContainer implements RunningContainer {

    private final Simulation simulation;
    private final String pod;
    private final long createdAt;
    private long millis;
    private long usedBefore = 1_000_000;
    private long since;
    private boolean running = true;

    SteadyContainer(Simulation simulation, String pod, long millis) {
        this.simulation = simulation;
        this.pod = pod;
        this.createdAt = simulation.now();
        this.since = createdAt;
        this.millis = millis;
    }

    /** Uses so many thousandths of a core from now on. */
    void use(long newMillis) {
        usedBefore = cpuNanos();
        since = simulation.now();
        millis = newMillis;
    }

    void stop() {
        running = false;
    }

    @Override
    public String node() {
        return "node-1";
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public String pod() {
        return pod;
    }

    @Override
    public String container() {
        return "app";
    }

    @Override
    public long createdAt() {
        return createdAt;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public long cpuNanos() {
        return usedBefore + (simulation.now() - since) / 1000 * millis;
    }

    @Override
    public long workingSetBytes() {
        return 20L << 20;
    }
}
