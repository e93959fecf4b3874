/**
 * The trace file {@code wavetank.trace/v1} as values: what a simulated, a live and a recorded run have in common.
 * {@link dev.wavetank.live.trace.Trace} is what is in it; {@link dev.wavetank.live.trace.TraceReader} and
 * {@link dev.wavetank.live.trace.TraceJson} read and write it.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.live.trace;
