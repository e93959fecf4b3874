package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ReplicaSet of the Deployment's present template, keeps its notes up to date, or creates it.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/sync.go getNewReplicaSet.
 */
final class NewReplicaSet {

    private static final int MAX_NAME_LENGTH = 253;

    private NewReplicaSet() {}

    /** Tells new from old and brings revision and annotations of both objects up to date; creates nothing. */
    static Generations find(SyncDraft draft, List<ReplicaSet> owned) {
        Generations generations = Generations.of(draft.deployment(), owned);
        ReplicaSet newest = generations.newest();
        return newest == null ? generations : generations.withNewest(refreshed(draft, newest, generations.old()));
    }

    /** The same, and creates the new ReplicaSet if there is none. */
    static Generations findOrCreate(SyncDraft draft, List<ReplicaSet> owned) {
        Generations generations = find(draft, owned);
        return generations.newest() == null ? generations.withNewest(created(draft, generations.old())) : generations;
    }

    /** A change of the ReplicaSet is all that happens in a call; the Deployment's own notes are left to the next. */
    private static ReplicaSet refreshed(SyncDraft draft, ReplicaSet newest, List<ReplicaSet> old) {
        Deployment deployment = draft.deployment();
        ObjectMeta copied = DeploymentAnnotations.copiedTo(newest.metadata(), deployment.metadata());
        ObjectMeta raised = RevisionHistory.raised(copied, RevisionHistory.next(old));
        // with a revision that is no number, changed annotations alone are no reason to write
        boolean annotationsChanged =
                raised != null && !raised.annotations().equals(newest.metadata().annotations());
        ReplicaSet current = newest.withMetadata(raised == null ? copied : raised);
        int minReadySeconds = deployment.spec().minReadySeconds();
        if (annotationsChanged || newest.minReadySeconds() != minReadySeconds) {
            return draft.update(
                    current.withMinReadySeconds(minReadySeconds), "its annotations or minReadySeconds changed");
        }
        String revision = current.metadata().annotation(DeploymentAnnotations.REVISION);
        boolean revisionChanged = noteRevision(draft, revision == null ? "" : revision);
        boolean found = false;
        if (ProgressDeadline.isSet(deployment.spec())
                && deployment.status().condition(DeploymentConditions.PROGRESSING) == null) {
            found = true;
            draft.setCondition(DeploymentConditions.progressing(
                    PodCondition.Status.TRUE,
                    DeploymentConditions.FOUND_NEW_REPLICA_SET,
                    "Found new replica set \"" + newest.name() + "\"",
                    draft.now()));
        }
        if (revisionChanged || found) {
            draft.writeStatus("the ReplicaSet of the template is " + newest.name());
        }
        return current;
    }

    /** Copies the revision to the Deployment. It travels with the status, so the Deployment's generation does not rise. */
    private static boolean noteRevision(SyncDraft draft, String revision) {
        ObjectMeta metadata = draft.deployment().metadata();
        if (revision.equals(metadata.annotation(DeploymentAnnotations.REVISION))) {
            return false;
        }
        draft.change(
                draft.deployment().withMetadata(metadata.withAnnotation(DeploymentAnnotations.REVISION, revision)));
        return true;
    }

    private static ReplicaSet created(SyncDraft draft, ImmutableList<ReplicaSet> old) {
        Deployment deployment = draft.deployment();
        int total = Generations.total(old);
        int replicas = RollingUpdate.newSize(deployment.spec(), total, 0);
        long revision = RevisionHistory.next(old);
        ReplicaSet created =
                draft.create(blank(deployment, revision, replicas), "no ReplicaSet has the Deployment's template");
        if (replicas > 0) {
            draft.announceSize(created.name(), 0, replicas);
        }
        boolean changed = noteRevision(draft, Long.toString(revision));
        if (ProgressDeadline.isSet(deployment.spec())) {
            changed = true;
            draft.setCondition(DeploymentConditions.progressing(
                    PodCondition.Status.TRUE,
                    DeploymentConditions.NEW_REPLICA_SET_CREATED,
                    "Created new replica set \"" + created.name() + "\"",
                    draft.now()));
        }
        if (changed) {
            draft.writeStatus("a ReplicaSet was created for the template");
        }
        return created;
    }

    private static ReplicaSet blank(Deployment deployment, long revision, int replicas) {
        PodTemplate template = deployment.spec().template();
        String hash = PodTemplateHash.of(template, deployment.status().collisionCount());
        PodTemplate labelled = template.withLabel(PodTemplate.HASH_LABEL, hash);
        ObjectMeta metadata = ObjectMeta.named(deployment.metadata().namespace(), name(deployment.name(), hash))
                .withLabels(labelled.labels())
                .withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(deployment)))
                .withAnnotations(ImmutableMap.of());
        metadata = DeploymentAnnotations.copiedTo(metadata, deployment.metadata())
                .withAnnotation(DeploymentAnnotations.REVISION, Long.toString(revision));
        Fenceposts fenceposts = Fenceposts.of(deployment.spec());
        ReplicaSet blank = new ReplicaSet(
                metadata,
                replicas,
                deployment.spec().minReadySeconds(),
                deployment.spec().selector().with(PodTemplate.HASH_LABEL, hash),
                labelled,
                ReplicaSetStatus.NEW);
        return DeploymentAnnotations.sized(blank, fenceposts.replicas(), fenceposts.maxTotal());
    }

    private static String name(String deployment, String hash) {
        int room = MAX_NAME_LENGTH - hash.length() - 1;
        return (deployment.length() > room ? deployment.substring(0, room) : deployment) + "-" + hash;
    }

    /** What follows if the API refuses to create the ReplicaSet for another reason than that its name is taken. */
    static void noteRefusal(SyncDraft draft, ReplicaSet refused, String error) {
        String message = "Failed to create new replica set \"" + refused.name() + "\": " + error;
        if (ProgressDeadline.isSet(draft.deployment().spec())) {
            WorkloadCondition condition = DeploymentConditions.progressing(
                    PodCondition.Status.FALSE, DeploymentConditions.REPLICA_SET_CREATE_ERROR, message, draft.now());
            draft.setCondition(condition);
            draft.writeStatus(message);
        }
        draft.warn(DeploymentConditions.REPLICA_SET_CREATE_ERROR, message);
    }

    /** What follows if the name is taken: by the wanted ReplicaSet itself nothing, by another a new hash next time. */
    static void noteCollision(SyncDraft draft, ReplicaSet wanted, @Nullable ReplicaSet holder) {
        boolean isOurs = holder != null
                && holder.metadata()
                        .isControlledBy(draft.deployment().metadata().uid())
                && holder.template().sameRevisionAs(wanted.template());
        if (isOurs) {
            return;
        }
        DeploymentStatus status = draft.deployment().status();
        Integer count = status.collisionCount();
        draft.change(draft.deployment().withStatus(status.withCollisionCount(count == null ? 1 : count + 1)));
        draft.writeStatus("the name " + wanted.name() + " belongs to another ReplicaSet");
    }
}
