package dev.wavetank.engine;

/** Something that happens at an instant of simulated time; see {@link Simulation#at}. */
@FunctionalInterface
public interface Event {
    /** Runs once, when the simulation's clock has reached the instant it was scheduled for. */
    void fire();
}
