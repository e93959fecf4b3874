package dev.wavetank.controllers;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl rollout undo} does: kubectl itself picks a ReplicaSet and puts its template back. The controller
 * then finds that ReplicaSet again and gives it the next revision.
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/polymorphichelpers/rollback.go.
 *
 * @param patched the Deployment with the template and annotations it had then; null if nothing is to be patched
 * @param message what kubectl prints after the Deployment's name; null if it fails
 * @param error why it fails, or null
 */
public record RolloutUndo(
        @Nullable Deployment patched,
        @Nullable String message,
        @Nullable String error) {

    /**
     * Decides on an undo.
     *
     * @param owned the ReplicaSets the Deployment controls
     * @param toRevision the revision to return to, 0 for the previous one
     */
    public static RolloutUndo of(Deployment deployment, List<ReplicaSet> owned, long toRevision) {
        List<ReplicaSet> all = Generations.of(deployment, owned).all();
        ReplicaSet target = toRevision == 0 ? previous(all) : ofRevision(all, toRevision);
        if (target == null) {
            return failed(
                    toRevision == 0
                            ? "no rollout history found for deployment \"" + deployment.name() + "\""
                            : "unable to find specified revision " + toRevision + " in history");
        }
        if (deployment.spec().paused()) {
            return failed("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and"
                    + " try again");
        }
        if (target.template().sameRevisionAs(deployment.spec().template())) {
            return new RolloutUndo(
                    null, "skipped rollback (current template already matches revision " + toRevision + ")", null);
        }
        Deployment patched = deployment
                .withSpec(deployment.spec().withTemplate(target.template().withoutLabel(PodTemplate.HASH_LABEL)))
                .withMetadata(DeploymentAnnotations.rolledBack(deployment.metadata(), target.metadata()));
        return new RolloutUndo(patched, "rolled back", null);
    }

    /** The first of that revision; what is no number has none. No revision is below 0. */
    private static @Nullable ReplicaSet ofRevision(List<ReplicaSet> all, long wanted) {
        for (ReplicaSet replicaSet : all) {
            OptionalLong revision = DeploymentAnnotations.revision(replicaSet);
            if (wanted >= 0 && revision.isPresent() && revision.getAsLong() == wanted) {
                return replicaSet;
            }
        }
        return null;
    }

    /**
     * The second in line; of two that claim the same revision the later one is taken for it, which makes an undo find the
     * present template if that is one of them.
     */
    private static @Nullable ReplicaSet previous(List<ReplicaSet> all) {
        ReplicaSet latest = null;
        ReplicaSet previous = null;
        long latestRevision = -1;
        long previousRevision = -1;
        for (ReplicaSet replicaSet : all) {
            long revision = DeploymentAnnotations.revision(replicaSet).orElse(-1);
            if (revision > latestRevision) {
                previous = latest;
                previousRevision = latestRevision;
                latest = replicaSet;
                latestRevision = revision;
            } else if (revision > previousRevision) {
                previous = replicaSet;
                previousRevision = revision;
            }
        }
        return previous;
    }

    private static RolloutUndo failed(String error) {
        return new RolloutUndo(null, null, error);
    }
}
