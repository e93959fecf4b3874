/**
 * What KEDA decides for a ScaledObject: whether it is active, what a poll writes to the scale subresource ({@code ScalePoll}),
 * which metric value the HPA is given when a source fails ({@code Fallback}), and when a cron trigger is open. From one replica
 * up, scaling is the HPA's business and not found here. Start with {@code ScalePoll}.
 *
 * <p>Source of the rules: keda 2.20.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling.keda;
