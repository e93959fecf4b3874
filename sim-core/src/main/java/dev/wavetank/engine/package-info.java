/**
 * Simulated time in nanoseconds, the event queue and named random streams. It has never heard of a pod. Start with {@code Simulation}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.engine;
