package dev.wavetank.controllers;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.Times;
import dev.wavetank.model.WorkloadCondition;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a rollout gets on: the condition Progressing and the clock behind it.
 *
 * <p>A finished rollout keeps the reason NewReplicaSetAvailable as long as all pods are of the new revision, so a later
 * scale-up that cannot be scheduled never exceeds the deadline. Exceeding it stops nothing.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/progress.go and util DeploymentProgressing, DeploymentTimedOut.
 */
final class ProgressDeadline {

    private ProgressDeadline() {}

    static boolean isSet(DeploymentSpec spec) {
        Integer seconds = spec.progressDeadlineSeconds();
        return seconds != null && seconds != Integer.MAX_VALUE;
    }

    /**
     * The fresh figures with Progressing brought up to date.
     *
     * @param deployment with the status it had so far
     * @param counted the fresh figures, with the conditions it had so far
     */
    static DeploymentStatus judged(
            Deployment deployment, DeploymentStatus counted, @Nullable ReplicaSet newest, long now) {
        if (!isSet(deployment.spec())) {
            return DeploymentConditions.without(counted, DeploymentConditions.PROGRESSING);
        }
        WorkloadCondition current = deployment.status().condition(DeploymentConditions.PROGRESSING);
        boolean wasDone = current != null
                && current.reason().equals(DeploymentConditions.NEW_REPLICA_SET_AVAILABLE)
                && counted.replicas() == counted.updatedReplicas();
        if (wasDone) {
            return counted;
        }
        String subject =
                newest == null ? "Deployment \"" + deployment.name() + "\"" : "ReplicaSet \"" + newest.name() + "\"";
        if (DeploymentReport.isComplete(deployment, counted)) {
            return DeploymentConditions.with(
                    counted,
                    DeploymentConditions.progressing(
                            PodCondition.Status.TRUE,
                            DeploymentConditions.NEW_REPLICA_SET_AVAILABLE,
                            subject + " has successfully progressed.",
                            now));
        }
        if (hasProgressed(deployment.status(), counted)) {
            return withProgress(counted, current, subject + " is progressing.", now);
        }
        if (isExceeded(deployment.spec(), counted, now)) {
            return DeploymentConditions.with(
                    counted,
                    DeploymentConditions.progressing(
                            PodCondition.Status.FALSE,
                            DeploymentConditions.PROGRESS_DEADLINE_EXCEEDED,
                            subject + " has timed out progressing.",
                            now));
        }
        return counted;
    }

    /** More new pods, fewer old ones, or more that are ready or available. */
    private static boolean hasProgressed(DeploymentStatus before, DeploymentStatus after) {
        return after.updatedReplicas() > before.updatedReplicas()
                || after.replicas() - after.updatedReplicas() < before.replicas() - before.updatedReplicas()
                || after.readyReplicas() > before.readyReplicas()
                || after.availableReplicas() > before.availableReplicas();
    }

    /** Every bit of progress renews lastUpdateTime, from which the deadline runs, even if nothing else changes. */
    private static DeploymentStatus withProgress(
            DeploymentStatus counted, @Nullable WorkloadCondition current, String message, long now) {
        long trueSince = current != null && current.status() == PodCondition.Status.TRUE
                ? current.lastTransitionTime()
                : Times.stored(now);
        WorkloadCondition renewed = new WorkloadCondition(
                DeploymentConditions.PROGRESSING,
                PodCondition.Status.TRUE,
                DeploymentConditions.REPLICA_SET_UPDATED,
                message,
                Times.stored(now),
                trueSince);
        return DeploymentConditions.with(
                DeploymentConditions.without(counted, DeploymentConditions.PROGRESSING), renewed);
    }

    private static boolean isExceeded(DeploymentSpec spec, DeploymentStatus status, long now) {
        WorkloadCondition current = status.condition(DeploymentConditions.PROGRESSING);
        if (current == null || current.reason().equals(DeploymentConditions.NEW_REPLICA_SET_AVAILABLE)) {
            return false;
        }
        return current.reason().equals(DeploymentConditions.PROGRESS_DEADLINE_EXCEEDED)
                || deadline(spec, current) < now;
    }

    /** When the sync must come back to find the deadline exceeded; asked only if the status did not change. */
    static Requeue requeue(Deployment deployment, DeploymentStatus status, long now) {
        WorkloadCondition current = deployment.status().condition(DeploymentConditions.PROGRESSING);
        if (!isSet(deployment.spec())
                || current == null
                || current.reason().equals(DeploymentConditions.PROGRESS_DEADLINE_EXCEEDED)
                || DeploymentReport.isComplete(deployment, status)) {
            return Requeue.NEVER;
        }
        long rest = deadline(deployment.spec(), current) - now;
        // stored times are cut to seconds, hence the second on top
        return rest < Times.SECOND ? Requeue.RATE_LIMITED : Requeue.after(rest + Times.SECOND);
    }

    private static long deadline(DeploymentSpec spec, WorkloadCondition progressing) {
        Integer seconds = spec.progressDeadlineSeconds();
        return progressing.lastUpdateTime() + (seconds == null ? 0 : seconds) * Times.SECOND;
    }
}
