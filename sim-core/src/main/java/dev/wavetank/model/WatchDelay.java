package dev.wavetank.model;

/** How long after a write a watch hears of it. */
@FunctionalInterface
public interface WatchDelay {

    /** Hears of it in the same instant. */
    WatchDelay NONE = () -> 0;

    /** The delay of the next notice, in nanoseconds, ≥ 0. */
    long nextNanos();
}
