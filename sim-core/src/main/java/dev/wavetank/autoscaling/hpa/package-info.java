/**
 * What the HorizontalPodAutoscaler decides, as pure functions: a sync's view of the world in, the new replica count, conditions, events and
 * reasons out. It reads no clock and no store and writes nothing; the controller that does is elsewhere, and so is the cooking of metrics
 * ({@code dev.wavetank.autoscaling.metrics}). Start with {@link dev.wavetank.autoscaling.hpa.HpaReconciler}, then
 * {@link dev.wavetank.autoscaling.hpa.ReplicaCalculator}.
 *
 * <p>Amounts of metrics are in thousandths of their unit, as the real controller reads them (250 is 250m of a CPU; a byte of memory is
 * 1000). Instants are nanoseconds since any fixed moment, the same one throughout a call.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling.hpa;
