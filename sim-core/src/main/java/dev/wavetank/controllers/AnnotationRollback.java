package dev.wavetank.controllers;

import dev.wavetank.model.Deployment;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import java.util.OptionalLong;

/**
 * The rollback a Deployment asks for by annotation. kubectl's own undo is another matter, by way of a patch.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/rollback.go.
 */
final class AnnotationRollback {

    private AnnotationRollback() {}

    /** The revision asked for, 0 for the previous one; empty if none is or it is no number. */
    static OptionalLong askedFor(Deployment deployment) {
        return DeploymentAnnotations.parseLong(deployment.metadata().annotation(DeploymentAnnotations.ROLLBACK_TO));
    }

    /** Puts the revision's template and annotations into the Deployment, or says why not; the request is withdrawn either way. */
    static void perform(SyncDraft draft, Generations generations, long askedRevision) {
        long revision = askedRevision == 0 ? RevisionHistory.previous(generations.all()) : askedRevision;
        if (revision == 0) {
            draft.warn("DeploymentRollbackRevisionNotFound", "Unable to find last revision.");
            withdraw(draft, draft.deployment(), "there is no earlier revision");
            return;
        }
        for (ReplicaSet replicaSet : generations.all()) {
            OptionalLong had = DeploymentAnnotations.revision(replicaSet);
            if (had.isPresent() && had.getAsLong() == revision) {
                rollBack(draft, replicaSet, revision);
                return;
            }
        }
        draft.warn("DeploymentRollbackRevisionNotFound", "Unable to find the revision to rollback to.");
        withdraw(draft, draft.deployment(), "there is no revision " + revision);
    }

    private static void rollBack(SyncDraft draft, ReplicaSet replicaSet, long revision) {
        Deployment deployment = draft.deployment();
        if (replicaSet.template().sameRevisionAs(deployment.spec().template())) {
            draft.warn(
                    "DeploymentRollbackTemplateUnchanged",
                    "The rollback revision contains the same template as current deployment \"" + deployment.name()
                            + "\"");
            withdraw(draft, deployment, "revision " + revision + " is the present one");
            return;
        }
        ObjectMeta metadata = DeploymentAnnotations.rolledBack(deployment.metadata(), replicaSet.metadata());
        Deployment rolledBack = deployment
                .withSpec(deployment.spec().withTemplate(replicaSet.template().withoutLabel(PodTemplate.HASH_LABEL)))
                .withMetadata(metadata);
        withdraw(draft, rolledBack, "a rollback to revision " + revision + " was asked for");
        draft.normal(
                "DeploymentRollback", "Rolled back deployment \"" + deployment.name() + "\" to revision " + revision);
    }

    private static void withdraw(SyncDraft draft, Deployment deployment, String reason) {
        draft.change(deployment.withMetadata(
                DeploymentAnnotations.without(deployment.metadata(), DeploymentAnnotations.ROLLBACK_TO)));
        draft.writeDeployment(reason);
    }
}
