package dev.wavetank.autoscaling.hpa;

/**
 * All a sync of one HPA goes by.
 *
 * @param spec the HPA's spec
 * @param status its status so far
 * @param scale the target's scale, or the error that asking for it brought
 * @param selection the pods behind the scale's selector
 * @param metrics what the metrics APIs answer
 * @param memory what the controller remembers of this HPA
 * @param options flags and gates
 * @param now the sync's instant in nanoseconds
 */
public record HpaSyncInput(
        HpaSpec spec,
        HpaStatus status,
        Reading<HpaScale> scale,
        PodSelection selection,
        MetricsSnapshot metrics,
        HpaMemory memory,
        HpaOptions options,
        long now) {}
