package dev.wavetank.benchmarks;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.Simulation;

/** The hold model on {@link Simulation}. */
final class WavetankHold implements HoldModel {
    private final Simulation simulation = new Simulation(1);

    private record Again(Simulation simulation, Delays delays) implements Event {
        @Override
        public void fire() {
            simulation.after(delays.nextNanos(), this);
        }
    }

    WavetankHold(Delays delays, int pending) {
        for (int i = 0; i < pending; i++) {
            simulation.after(delays.nextNanos(), new Again(simulation, delays));
        }
    }

    @Override
    public void run(int events) {
        for (int i = 0; i < events; i++) {
            simulation.step();
        }
    }
}
