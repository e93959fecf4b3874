package dev.wavetank.controllers;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.WorkloadCondition;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl rollout status} says of a Deployment.
 *
 * <p>It is done as soon as no old pod is left that nobody asked to go: containers in their grace period do not hold it up.
 * Whether the Deployment is paused makes no difference.
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/polymorphichelpers/rollout_status.go.
 *
 * @param message the line it prints, without the line end; null if it fails
 * @param error why it gives up, with exit code 1; null if it does not
 * @param done true once there is nothing to wait for
 */
public record RolloutStatus(
        @Nullable String message, @Nullable String error, boolean done) {

    /**
     * The status as the figures stand.
     *
     * @param revision the revision asked for with {@code --revision}, 0 for whatever is rolling out
     */
    public static RolloutStatus of(Deployment deployment, long revision) {
        String quoted = "deployment \"" + deployment.name() + "\"";
        if (revision > 0) {
            OptionalLong running = DeploymentAnnotations.revision(deployment);
            if (running.isEmpty()) {
                String text = deployment.metadata().annotation(DeploymentAnnotations.REVISION);
                return failed("cannot get the revision of " + quoted + ": strconv.ParseInt: parsing \"" + text
                        + "\": invalid syntax");
            }
            if (running.getAsLong() != revision) {
                return failed("desired revision (" + revision + ") is different from the running revision ("
                        + running.getAsLong() + ")");
            }
        }
        DeploymentStatus status = deployment.status();
        if (deployment.metadata().generation() > status.observedGeneration()) {
            return waiting("Waiting for deployment spec update to be observed...");
        }
        WorkloadCondition progressing = status.condition(DeploymentConditions.PROGRESSING);
        if (progressing != null && progressing.reason().equals(DeploymentConditions.PROGRESS_DEADLINE_EXCEEDED)) {
            return failed(quoted + " exceeded its progress deadline");
        }
        String toFinish = "Waiting for " + quoted + " rollout to finish: ";
        int replicas = deployment.spec().replicas();
        int updated = status.updatedReplicas();
        if (updated < replicas) {
            return waiting(toFinish + updated + " out of " + replicas + " new replicas have been updated...");
        }
        if (status.replicas() > updated) {
            return waiting(toFinish + (status.replicas() - updated) + " old replicas are pending termination...");
        }
        if (status.availableReplicas() < updated) {
            return waiting(
                    toFinish + status.availableReplicas() + " of " + updated + " updated replicas are available...");
        }
        return new RolloutStatus(quoted + " successfully rolled out", null, true);
    }

    private static RolloutStatus waiting(String message) {
        return new RolloutStatus(message, null, false);
    }

    private static RolloutStatus failed(String error) {
        return new RolloutStatus(null, error, false);
    }
}
