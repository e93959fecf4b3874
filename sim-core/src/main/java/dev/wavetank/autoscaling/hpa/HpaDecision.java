package dev.wavetank.autoscaling.hpa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync decided. Whoever carries it out writes the scale if {@link #rescale} asks for it, then the status if {@link #statusChanged},
 * emits the events and keeps the memory. If the write of the scale fails, {@link #scaleFailed} says what to do instead.
 */
public final class HpaDecision {

    /**
     * A change of the target's replicas.
     *
     * @param from replicas it has
     * @param to replicas it gets
     * @param reason as the event gives it; empty if only older recommendations call for it
     */
    public record Rescale(int from, int to, String reason) {}

    /** What is left behind by a sync, one way or the other. */
    record Outcome(
            HpaStatus status,
            List<HpaEvent> events,
            HpaMemory memory,
            @Nullable String error) {}

    private final HpaSyncInput input;
    private final @Nullable Rescale rescale;
    private final Outcome outcome;
    private final @Nullable Outcome outcomeIfScaleFails;
    private final String explanation;

    HpaDecision(
            HpaSyncInput input,
            @Nullable Rescale rescale,
            Outcome outcome,
            @Nullable Outcome outcomeIfScaleFails,
            String explanation) {
        this.input = input;
        this.rescale = rescale;
        this.outcome = outcome;
        this.outcomeIfScaleFails = outcomeIfScaleFails;
        this.explanation = explanation;
    }

    /** The change to make, or null if the replicas stay as they are. */
    public @Nullable Rescale rescale() {
        return rescale;
    }

    /** The status to write. */
    public HpaStatus status() {
        return outcome.status();
    }

    /** True if the status differs from the one before; only then is it written. */
    public boolean statusChanged() {
        return !outcome.status().equals(input.status());
    }

    /** Events to emit, in order. */
    public List<HpaEvent> events() {
        return outcome.events();
    }

    /** What to remember until the next sync. */
    public HpaMemory memory() {
        return outcome.memory();
    }

    /** The error the controller would log, if any. It changes nothing: the next sync comes when it would have come anyway. */
    public @Nullable String error() {
        return outcome.error();
    }

    /** How the count came about, in one line, such as {@code 4 pods at 82 % of 50 % target: ceil(4 × 1.64) = 7; limited to 6 by maxReplicas}. */
    public String explain() {
        return explanation;
    }

    /**
     * What to do instead after writing the scale has failed.
     *
     * @param error the server's error text
     * @throws IllegalStateException if there was nothing to write
     */
    public HpaDecision scaleFailed(String error) {
        if (rescale == null || outcomeIfScaleFails == null) {
            throw new IllegalStateException("this decision writes no scale");
        }
        HpaStatus status = outcomeIfScaleFails.status();
        Conditions conditions = new Conditions(status.conditions(), input.now());
        conditions.set(
                HpaCondition.Type.ABLE_TO_SCALE,
                false,
                "FailedUpdateScale",
                "the HPA controller was unable to update the target scale: " + error);
        HpaStatus failed = new HpaStatus(
                status.currentReplicas(),
                status.desiredReplicas(),
                status.lastScaleTime(),
                conditions.list(),
                status.currentMetrics());
        List<HpaEvent> events = Conditions.plus(
                outcomeIfScaleFails.events(),
                new HpaEvent(
                        HpaEvent.Type.WARNING,
                        "FailedRescale",
                        "New size: " + rescale.to() + "; reason: " + rescale.reason() + "; error: " + error));
        String logged = "failed to rescale " + input.spec().targetReference() + ": " + error;
        return new HpaDecision(
                input,
                null,
                new Outcome(failed, events, outcomeIfScaleFails.memory(), logged),
                null,
                explanation + "; writing the scale failed: " + error);
    }
}
