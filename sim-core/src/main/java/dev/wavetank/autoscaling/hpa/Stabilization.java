package dev.wavetank.autoscaling.hpa;

import dev.wavetank.autoscaling.hpa.HpaMemory.Recommendation;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a recommendation against those of the recent past, so that a dip (or, if asked for, a spike) moves nothing.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendation and
 * stabilizeRecommendationWithBehaviors.
 *
 * @param recommended what the metrics ask for
 * @param replicas what is left of it
 * @param reason what is said if it was held up
 * @param recommendations the memory to keep, with this recommendation in it
 */
public record Stabilization(
        int recommended, int replicas, StabilizationReason reason, List<Recommendation> recommendations) {

    public Stabilization {
        recommendations = List.copyOf(recommendations);
    }

    /** True if the past had a say. */
    public boolean heldUp() {
        return replicas != recommended;
    }

    /**
     * Without {@code behavior}: the highest recommendation of the window, this one included. One exactly as old as the window is in it.
     * What is remembered are recommendations, not replica counts: a spike cut short by a limit goes on growing after it is over.
     *
     * @param now the sync's instant in nanoseconds
     */
    public static Stabilization withoutBehavior(
            int recommended, List<Recommendation> past, long windowNanos, long now) {
        long cutoff = now - windowNanos;
        int highest = recommended;
        int freeSlot = -1;
        for (int i = 0; i < past.size(); i++) {
            Recommendation earlier = past.get(i);
            if (earlier.timestamp() < cutoff) {
                freeSlot = i;
            } else {
                highest = Math.max(highest, earlier.replicas());
            }
        }
        return new Stabilization(
                recommended,
                highest,
                StabilizationReason.SCALE_DOWN_STABILIZED,
                remember(recommended, past, freeSlot, now));
    }

    /**
     * With {@code behavior}: no higher than all of the one window, no lower than any of the other, and from where the workload is now.
     * One exactly as old as its window is out of it.
     *
     * @param now the sync's instant in nanoseconds
     */
    public static Stabilization withBehavior(
            int currentReplicas,
            int recommended,
            List<Recommendation> past,
            long upWindowNanos,
            long downWindowNanos,
            long now) {
        long upCutoff = now - upWindowNanos;
        long downCutoff = now - downWindowNanos;
        int lowest = recommended;
        int highest = recommended;
        int freeSlot = -1;
        for (int i = 0; i < past.size(); i++) {
            Recommendation earlier = past.get(i);
            if (earlier.timestamp() > upCutoff) {
                lowest = Math.min(lowest, earlier.replicas());
            }
            if (earlier.timestamp() > downCutoff) {
                highest = Math.max(highest, earlier.replicas());
            }
            if (earlier.timestamp() < upCutoff && earlier.timestamp() < downCutoff) {
                freeSlot = i;
            }
        }
        int replicas = Math.min(Math.max(currentReplicas, lowest), highest);
        // Named after the way the recommendation points, whichever window held it.
        StabilizationReason reason = recommended >= currentReplicas
                ? StabilizationReason.SCALE_UP_STABILIZED
                : StabilizationReason.SCALE_DOWN_STABILIZED;
        return new Stabilization(recommended, replicas, reason, remember(recommended, past, freeSlot, now));
    }

    private static List<Recommendation> remember(int recommended, List<Recommendation> past, int freeSlot, long now) {
        List<Recommendation> kept = new ArrayList<>(past);
        Recommendation latest = new Recommendation(recommended, now);
        if (freeSlot >= 0) {
            kept.set(freeSlot, latest);
        } else {
            kept.add(latest);
        }
        return kept;
    }
}
