package dev.wavetank.model;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/**
 * Says how many pods of a group may be missing on purpose at a time.
 *
 * @param selector the pods it covers; one that asks for nothing covers all of the namespace
 * @param minAvailable pods that must stay healthy; null if {@code maxUnavailable} is stated
 * @param maxUnavailable pods that may be missing; null if {@code minAvailable} is stated
 * @param alwaysAllowUnhealthy whether pods that are not ready may always be evicted
 */
public record PodDisruptionBudget(
        ObjectMeta metadata,
        LabelSelector selector,
        @Nullable IntOrString minAvailable,
        @Nullable IntOrString maxUnavailable,
        boolean alwaysAllowUnhealthy,
        Status status)
        implements KubernetesObject {

    /**
     * What the disruption controller last worked out.
     *
     * @param disruptedPods pods that were evicted and whose deletion it has not seen yet, with the instant of the eviction
     * @param disruptionsAllowed healthy pods that may go right now; the API server counts it down with every eviction
     * @param reason of the condition DisruptionAllowed: SufficientPods, InsufficientPods or SyncFailed
     */
    public record Status(
            long observedGeneration,
            ImmutableMap<String, Long> disruptedPods,
            int disruptionsAllowed,
            int currentHealthy,
            int desiredHealthy,
            int expectedPods,
            String reason) {

        /** Nothing worked out yet; no eviction is allowed. */
        public static final Status NEW = new Status(0, ImmutableMap.of(), 0, 0, 0, 0, "");
    }

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof PodDisruptionBudget budget
                && budget.selector.equals(selector)
                && java.util.Objects.equals(budget.minAvailable, minAvailable)
                && java.util.Objects.equals(budget.maxUnavailable, maxUnavailable)
                && budget.alwaysAllowUnhealthy == alwaysAllowUnhealthy;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.POD_DISRUPTION_BUDGET;
    }

    @Override
    public PodDisruptionBudget withMetadata(ObjectMeta metadata) {
        return new PodDisruptionBudget(metadata, selector, minAvailable, maxUnavailable, alwaysAllowUnhealthy, status);
    }

    public PodDisruptionBudget withStatus(Status status) {
        return new PodDisruptionBudget(metadata, selector, minAvailable, maxUnavailable, alwaysAllowUnhealthy, status);
    }

    /** True if the pod, which must be of the same namespace, is one of the group. */
    public boolean covers(Pod pod) {
        return pod.metadata().namespace().equals(metadata.namespace())
                && selector.matches(pod.metadata().labels());
    }

    public String name() {
        return metadata.name();
    }
}
