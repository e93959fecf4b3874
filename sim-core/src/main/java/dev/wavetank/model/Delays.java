package dev.wavetank.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import java.util.Map;

/** A distribution for every {@link Delay}. */
public final class Delays {

    private final ImmutableMap<Delay, Distribution> distributions;

    private Delays(ImmutableMap<Delay, Distribution> distributions) {
        this.distributions = distributions;
    }

    /** The defaults. */
    public static Delays standard() {
        ImmutableMap.Builder<Delay, Distribution> standard = ImmutableMap.builder();
        for (Delay delay : Delay.values()) {
            standard.put(delay, Distribution.parse(delay.standard()));
        }
        return new Delays(standard.buildOrThrow());
    }

    /** The same with some replaced. */
    public Delays with(Map<Delay, Distribution> replaced) {
        return new Delays(ImmutableMap.copyOf(Maps.toMap(
                distributions.keySet(), delay -> replaced.getOrDefault(delay, distributions.get(delay)))));
    }

    public Distribution of(Delay delay) {
        Distribution distribution = distributions.get(delay);
        if (distribution == null) {
            throw new IllegalStateException("no distribution for " + delay);
        }
        return distribution;
    }

    /** A source of delays for one watch, from a random stream of its own. */
    public WatchDelay watch(Simulation simulation, String watcher) {
        Distribution distribution = of(Delay.API_WATCH);
        RandomStream random = simulation.random().stream("watch/" + watcher);
        return () -> distribution.sampleNanos(random);
    }
}
