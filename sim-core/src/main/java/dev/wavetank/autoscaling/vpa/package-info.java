/**
 * What the VerticalPodAutoscaler decides: how much a container should ask for ({@code Recommender}), which running pods are
 * evicted or resized for it ({@code Updater}), and what a new pod is patched to ({@code AdmissionPatch}). Decisions and the
 * state they own only; whoever reads metrics, pods and clocks lives elsewhere. Start with {@code Recommender}.
 *
 * <p>Source of the rules: kubernetes autoscaler, vertical-pod-autoscaler 1.8.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling.vpa;
