/**
 * The ground everything stands on, and it has never heard of a pod: simulated time in nanoseconds, the queue of future
 * events, named random streams, and the durations and distributions people write in files.
 *
 * <p>Nothing here knows of wall clocks, threads or pacing; whoever ties virtual time to a real clock does so from
 * outside, with {@code runUntil}. Read {@link dev.wavetank.engine.Simulation} first, then
 * {@link dev.wavetank.engine.RandomStreams} and {@link dev.wavetank.engine.Distribution}.
 */
@NullMarked
package dev.wavetank.engine;

import org.jspecify.annotations.NullMarked;
