package dev.wavetank.autoscaling.keda;

import dev.wavetank.autoscaling.keda.ScaledObjectStatus.ConditionStatus;
import org.jspecify.annotations.Nullable;

/**
 * One poll of a ScaledObject: decides whether its target is activated, deactivated, lifted to the minimum or left to the HPA.
 *
 * <p>Source: keda pkg/scaling/executor/scale_scaledobjects.go.
 */
public final class ScalePoll {

    /** Which branch decided; exactly one does per poll. */
    public enum Reason {
        PAUSED("paused by annotation"),
        ACTIVATED("a trigger is active and too few replicas run"),
        ACTIVATION_PAUSED("a trigger is active, but scaling out is paused by annotation"),
        ACTIVE("a trigger is active; the HPA decides"),
        PARTLY_FAILING("a trigger is active and another fails; the HPA decides"),
        WAITING_FOR_FALLBACK("a trigger fails and its fallback is to decide"),
        FAILING("a trigger fails and there is no fallback"),
        DEACTIVATED("no trigger is active and the cooldown is over"),
        COOLING_DOWN("no trigger is active, but the cooldown is not over"),
        DEACTIVATION_PAUSED("no trigger is active, but scaling in is paused by annotation"),
        LIFTED_TO_MINIMUM("fewer than minReplicaCount replicas run"),
        INACTIVE("no trigger is active and nothing is to be done");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }

        /** The reason in words. */
        public String phrase() {
            return phrase;
        }
    }

    /**
     * What the scale loop found when it polled.
     *
     * @param nowNanos time of the poll, on the clock of the ScaledObject's creation; sub-seconds count
     * @param active true if any trigger is active, see {@link Activity}
     * @param failing true if any trigger could not be read
     * @param replicas {@code spec.replicas} of the target, 1 if it is unset
     */
    public record Input(long nowNanos, boolean active, boolean failing, int replicas) {}

    /**
     * What a poll does.
     *
     * @param replicas what to write to the scale subresource, or null to write nothing
     * @param reason the branch that decided
     * @param event reason of the event to publish, or null for none
     * @param status the status to store
     */
    public record Decision(
            @Nullable Integer replicas,
            Reason reason,
            @Nullable String event,
            ScaledObjectStatus status) {}

    private ScalePoll() {}

    /**
     * Decides one poll.
     *
     * @param creationNanos when the ScaledObject was created, a whole second
     */
    public static Decision decide(
            ScaledObjectSpec spec,
            PollAnnotations annotations,
            long creationNanos,
            ScaledObjectStatus before,
            Input poll) {
        ScaledObjectStatus ready = before.withReady(ConditionStatus.TRUE, "ScaledObjectReady");
        if (annotations.paused()) {
            return nothing(Reason.PAUSED, ready);
        }
        return poll.active() || annotations.forceActivation()
                ? whileActive(spec, annotations, ready.withActive(ConditionStatus.TRUE, "ScalerActive"), poll)
                : whileInactive(
                        spec,
                        annotations,
                        creationNanos,
                        ready.withActive(ConditionStatus.FALSE, "ScalerNotActive"),
                        poll);
    }

    private static Decision whileActive(
            ScaledObjectSpec spec, PollAnnotations annotations, ScaledObjectStatus status, Input poll) {
        boolean idle = spec.idleReplicaCount() != null && poll.replicas() < spec.minReplicaCount();
        if (poll.replicas() == 0 || idle) {
            return annotations.pausedScaleOut()
                    ? nothing(Reason.ACTIVATION_PAUSED, status)
                    : new Decision(
                            Math.max(spec.minReplicaCount(), 1),
                            Reason.ACTIVATED,
                            "KEDAScaleTargetActivated",
                            status.withLastActiveTime(poll.nowNanos()));
        }
        return poll.failing()
                ? nothing(Reason.PARTLY_FAILING, status.withReady(ConditionStatus.UNKNOWN, "PartialTriggerError"))
                : nothing(Reason.ACTIVE, status.withLastActiveTime(poll.nowNanos()));
    }

    private static Decision whileInactive(
            ScaledObjectSpec spec,
            PollAnnotations annotations,
            long creationNanos,
            ScaledObjectStatus status,
            Input poll) {
        Integer fallback = spec.fallbackReplicas();
        if (poll.failing() && fallback == null) {
            return nothing(Reason.FAILING, status.withReady(ConditionStatus.FALSE, "TriggerError"));
        }
        if (poll.failing() && fallback != null && fallback != 0) {
            return nothing(Reason.WAITING_FOR_FALLBACK, status);
        }
        Integer idle = spec.idleReplicaCount();
        if (idle == null ? poll.replicas() > 0 && spec.minReplicaCount() == 0 : poll.replicas() > idle) {
            return deactivate(spec, annotations, creationNanos, status, poll);
        }
        return idle == null && poll.replicas() < spec.minReplicaCount()
                ? new Decision(spec.minReplicaCount(), Reason.LIFTED_TO_MINIMUM, null, status)
                : nothing(Reason.INACTIVE, status);
    }

    private static Decision deactivate(
            ScaledObjectSpec spec,
            PollAnnotations annotations,
            long creationNanos,
            ScaledObjectStatus status,
            Input poll) {
        if (annotations.pausedScaleIn()) {
            return nothing(Reason.DEACTIVATION_PAUSED, status);
        }
        Long lastActive = status.lastActiveTimeNanos();
        long protectedUntilNanos =
                lastActive == null ? creationNanos + spec.initialCooldownNanos() : lastActive + spec.cooldownNanos();
        if (protectedUntilNanos >= poll.nowNanos()) {
            return nothing(Reason.COOLING_DOWN, status.withActive(ConditionStatus.FALSE, "ScalerCooldown"));
        }
        Integer idle = spec.idleReplicaCount();
        return new Decision(idle == null ? 0 : idle, Reason.DEACTIVATED, "KEDAScaleTargetDeactivated", status);
    }

    private static Decision nothing(Reason reason, ScaledObjectStatus status) {
        return new Decision(null, reason, null, status);
    }
}
