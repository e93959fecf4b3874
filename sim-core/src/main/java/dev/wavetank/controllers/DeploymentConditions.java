package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.Times;
import dev.wavetank.model.WorkloadCondition;

/**
 * The conditions of a Deployment and how they are set.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/util SetDeploymentCondition and its reasons.
 */
public final class DeploymentConditions {

    public static final String AVAILABLE = "Available";
    public static final String PROGRESSING = "Progressing";
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    static final String NEW_REPLICA_SET_CREATED = "NewReplicaSetCreated";
    static final String FOUND_NEW_REPLICA_SET = "FoundNewReplicaSet";
    static final String REPLICA_SET_UPDATED = "ReplicaSetUpdated";
    static final String NEW_REPLICA_SET_AVAILABLE = "NewReplicaSetAvailable";
    static final String REPLICA_SET_CREATE_ERROR = "ReplicaSetCreateError";

    /** The rollout made no progress for progressDeadlineSeconds. */
    public static final String PROGRESS_DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";

    private static final String DEPLOYMENT_PAUSED = "DeploymentPaused";
    private static final String DEPLOYMENT_RESUMED = "DeploymentResumed";

    private DeploymentConditions() {}

    static WorkloadCondition progressing(PodCondition.Status status, String reason, String message, long now) {
        return condition(PROGRESSING, status, reason, message, now);
    }

    /** Whether enough pods are there: True from {@code minAvailable} available pods on. */
    static WorkloadCondition available(int availableReplicas, int minAvailable, long now) {
        return availableReplicas >= minAvailable
                ? condition(
                        AVAILABLE,
                        PodCondition.Status.TRUE,
                        "MinimumReplicasAvailable",
                        "Deployment has minimum availability.",
                        now)
                : condition(
                        AVAILABLE,
                        PodCondition.Status.FALSE,
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.",
                        now);
    }

    private static WorkloadCondition condition(
            String type, PodCondition.Status status, String reason, String message, long now) {
        return new WorkloadCondition(type, status, reason, message, Times.stored(now), Times.stored(now));
    }

    /**
     * Notes a pause or its end. A deadline that was exceeded stays on record, and without a deadline there is nothing to
     * note: pausing exists to stop its clock, resuming starts it anew.
     */
    static void notePause(SyncDraft draft) {
        DeploymentStatus status = draft.deployment().status();
        WorkloadCondition current = status.condition(PROGRESSING);
        String reason = current == null ? "" : current.reason();
        boolean paused = draft.deployment().spec().paused();
        boolean isNoted = reason.equals(DEPLOYMENT_PAUSED);
        if (!ProgressDeadline.isSet(draft.deployment().spec())
                || reason.equals(PROGRESS_DEADLINE_EXCEEDED)
                || paused == isNoted) {
            return;
        }
        draft.setCondition(
                paused
                        ? progressing(
                                PodCondition.Status.UNKNOWN, DEPLOYMENT_PAUSED, "Deployment is paused", draft.now())
                        : progressing(
                                PodCondition.Status.UNKNOWN, DEPLOYMENT_RESUMED, "Deployment is resumed", draft.now()));
        draft.writeStatus(paused ? "the Deployment was paused" : "the Deployment was resumed");
    }

    /**
     * The status with a condition set. One that says the same already is left as it is, message and times included; else
     * it moves to the end, and keeps its transition time unless its status changes.
     */
    static DeploymentStatus with(DeploymentStatus status, WorkloadCondition condition) {
        WorkloadCondition current = status.condition(condition.type());
        WorkloadCondition set = condition;
        if (current != null && current.status() == condition.status()) {
            if (current.reason().equals(condition.reason())) {
                return status;
            }
            set = at(condition, current.lastTransitionTime());
        }
        return status.withConditions(ImmutableList.<WorkloadCondition>builder()
                .addAll(without(status, condition.type()).conditions())
                .add(set)
                .build());
    }

    static DeploymentStatus without(DeploymentStatus status, String type) {
        return status.withConditions(status.conditions().stream()
                .filter(condition -> !condition.type().equals(type))
                .collect(ImmutableList.toImmutableList()));
    }

    private static WorkloadCondition at(WorkloadCondition condition, long transitionTime) {
        return new WorkloadCondition(
                condition.type(),
                condition.status(),
                condition.reason(),
                condition.message(),
                condition.lastUpdateTime(),
                transitionTime);
    }
}
