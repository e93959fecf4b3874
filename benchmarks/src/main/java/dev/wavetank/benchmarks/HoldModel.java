package dev.wavetank.benchmarks;

/** A loop with a constant number of pending events, each of which reschedules itself when it fires. */
interface HoldModel {
    /** Fires at least so many events; more only where the contender cannot count, and then by under a hundredth. */
    void run(int events);
}
