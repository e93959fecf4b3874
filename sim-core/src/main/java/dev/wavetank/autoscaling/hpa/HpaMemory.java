package dev.wavetank.autoscaling.hpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller remembers of one HPA between syncs. It lives in the controller's process: a restart or a change of leader loses it,
 * the HPA object never sees it.
 *
 * @param recommendations counts recommended earlier, in slot order; null until the first sync that reads the target's scale
 * @param scaleUpEvents growth the HPA brought about itself, in slot order
 * @param scaleDownEvents shrinkage the HPA brought about itself, in slot order
 */
public record HpaMemory(
        @Nullable List<Recommendation> recommendations,
        List<ScaleEvent> scaleUpEvents,
        List<ScaleEvent> scaleDownEvents) {

    /** Nothing, as after a restart. */
    public static final HpaMemory NONE = new HpaMemory(null, List.of(), List.of());

    /**
     * A count recommended at some sync, before any bound was applied to it.
     *
     * @param timestamp the sync's instant in nanoseconds
     */
    public record Recommendation(int replicas, long timestamp) {}

    /**
     * A change of the replica count the HPA brought about.
     *
     * @param replicaChange pods added or taken away; more than 0
     * @param timestamp the sync's instant in nanoseconds
     * @param outdated true once older than any policy looks back, so that its slot may be used again; sums go by the timestamp alone
     */
    public record ScaleEvent(int replicaChange, long timestamp, boolean outdated) {}

    public HpaMemory {
        recommendations = recommendations == null ? null : List.copyOf(recommendations);
        scaleUpEvents = List.copyOf(scaleUpEvents);
        scaleDownEvents = List.copyOf(scaleDownEvents);
    }

    /** On first sight of an HPA the count found counts as recommended: no less for a whole window after a restart. */
    public HpaMemory withInitialRecommendation(int currentReplicas, long now) {
        return recommendations == null ? withRecommendations(List.of(new Recommendation(currentReplicas, now))) : this;
    }

    HpaMemory withRecommendations(List<Recommendation> newRecommendations) {
        return new HpaMemory(newRecommendations, scaleUpEvents, scaleDownEvents);
    }

    List<Recommendation> recommendationsOrNone() {
        return recommendations == null ? List.of() : recommendations;
    }
}
