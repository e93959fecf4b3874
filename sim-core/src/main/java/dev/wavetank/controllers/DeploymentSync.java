package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.WorkloadCondition;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One look of the Deployment controller at a Deployment: which requests it makes, in order, and when it looks again.
 *
 * <p>It works on copies and never reads again what it has read. So a sync that writes an object twice ends in a conflict
 * and is retried at once; that happens on every creation and every change of a template, in real clusters too.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment syncDeployment.
 */
public final class DeploymentSync {

    /**
     * What a sync comes to.
     *
     * @param actions in order; a refused write is the last one
     * @param requeue when to look again
     * @param shrinking which of the actions shrink old ReplicaSets of a rolling update
     */
    public record Outcome(ImmutableList<DeploymentAction> actions, Requeue requeue, Range<Integer> shrinking) {}

    private static final Range<Integer> NOTHING = Range.closedOpen(0, 0);

    private final SyncDraft draft;
    private final List<ReplicaSet> owned;
    private final Iterable<Pod> pods;
    private final boolean mayShrink;
    private Range<Integer> shrinking = NOTHING;

    private DeploymentSync(
            Deployment deployment, List<ReplicaSet> owned, Iterable<Pod> pods, boolean mayShrink, long now) {
        this.draft = new SyncDraft(deployment, now);
        this.owned = owned;
        this.pods = pods;
        this.mayShrink = mayShrink;
    }

    /**
     * Runs one sync, supposing that the API accepts every write but stale ones.
     *
     * @param owned the ReplicaSets the Deployment controls, adopted ones included, in any order
     * @param pods the pods of these ReplicaSets; looked at for strategy Recreate only
     */
    public static Outcome sync(Deployment deployment, List<ReplicaSet> owned, Iterable<Pod> pods, long now) {
        return new DeploymentSync(deployment, owned, pods, true, now).outcome();
    }

    /**
     * The sync as it goes on after the API has refused to shrink an old ReplicaSet in a rolling update. That error is
     * swallowed: the step counts as if there had been nothing to shrink, and the ReplicaSet's own next event brings the
     * next try. The arguments are those of the first call; the actions up to its {@link Outcome#shrinking} are the same.
     */
    public static Outcome shrinkingRefused(
            Deployment deployment, List<ReplicaSet> owned, Iterable<Pod> pods, long now) {
        return new DeploymentSync(deployment, owned, pods, false, now).outcome();
    }

    private Outcome outcome() {
        Requeue requeue;
        try {
            requeue = run();
        } catch (SyncDraft.StaleWriteException conflict) {
            requeue = Requeue.RETRY;
        }
        return new Outcome(draft.actions(), requeue, shrinking);
    }

    /**
     * What follows if the API refuses a {@link DeploymentAction.Verb#CREATE}; the other actions of the sync are void.
     *
     * @param deployment the Deployment as the sync read it
     * @param wanted the ReplicaSet that was to be created
     * @param nameTaken true if the refusal is that the name exists already
     * @param holder who has the name, if that is known
     * @param error what the API said
     */
    public static Outcome createRefused(
            Deployment deployment,
            ReplicaSet wanted,
            boolean nameTaken,
            @Nullable ReplicaSet holder,
            String error,
            long now) {
        SyncDraft draft = new SyncDraft(deployment, now);
        if (nameTaken) {
            NewReplicaSet.noteCollision(draft, wanted, holder);
        } else {
            NewReplicaSet.noteRefusal(draft, wanted, error);
        }
        return new Outcome(draft.actions(), Requeue.RETRY, NOTHING);
    }

    private Requeue run() {
        Deployment deployment = draft.deployment();
        if (deployment.spec().selector().isEmpty()) {
            return refuseEmptySelector();
        }
        if (deployment.metadata().isBeingDeleted()) {
            return reportFigures(NewReplicaSet.find(draft, owned));
        }
        DeploymentConditions.notePause(draft);
        if (deployment.spec().paused()) {
            return scale();
        }
        OptionalLong rollback = AnnotationRollback.askedFor(deployment);
        if (rollback.isPresent()) {
            AnnotationRollback.perform(draft, NewReplicaSet.findOrCreate(draft, owned), rollback.getAsLong());
            return Requeue.NEVER;
        }
        if (isScalingEvent()) {
            return scale();
        }
        return deployment.spec().strategy() instanceof Strategy.Recreate ? recreate() : roll();
    }

    private Requeue refuseEmptySelector() {
        draft.warn("SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        DeploymentStatus status = draft.deployment().status();
        long generation = draft.deployment().metadata().generation();
        if (status.observedGeneration() < generation) {
            draft.change(draft.deployment().withStatus(status.withObservedGeneration(generation)));
            draft.writeStatus("the generation was seen");
        }
        return Requeue.NEVER;
    }

    /** True if a ReplicaSet was last scaled for another size of the Deployment: so the user has changed it since. */
    private boolean isScalingEvent() {
        for (ReplicaSet replicaSet :
                Generations.active(NewReplicaSet.find(draft, owned).all())) {
            OptionalInt desired = DeploymentAnnotations.count(replicaSet, DeploymentAnnotations.DESIRED_REPLICAS);
            if (desired.isPresent() && desired.getAsInt() != draft.replicas()) {
                return true;
            }
        }
        return false;
    }

    /** Follows a change of size, or any change while paused: no new ReplicaSet, and no word on progress. */
    private Requeue scale() {
        Generations generations = NewReplicaSet.find(draft, owned);
        Deployment deployment = draft.deployment();
        ProportionalScaling.Sizes sizes =
                ProportionalScaling.sizes(deployment.spec(), deployment.status().replicas(), generations);
        for (Resize resize : sizes.resizes()) {
            if (sizes.renewsNotes() || resize.isChange()) {
                draft.resize(resize.replicaSet(), resize.replicas(), resize.reason());
            }
        }
        if (deployment.spec().paused()
                && AnnotationRollback.askedFor(deployment).isEmpty()) {
            forget(generations);
        }
        return reportFigures(generations);
    }

    private Requeue roll() {
        Generations generations = NewReplicaSet.findOrCreate(draft, owned);
        ReplicaSet newest = generations.newest();
        if (newest == null) {
            throw new IllegalStateException("the new ReplicaSet was neither found nor created");
        }
        Resize growth = RollingUpdate.growNew(draft.deployment().spec(), newest, generations.all());
        if (growth.isChange()) {
            draft.resize(newest, growth.replicas(), growth.reason());
            return reportRollout(generations);
        }
        if (!mayShrink) {
            return finish(generations);
        }
        RollingUpdate.Shrinking step = RollingUpdate.shrinkOld(draft.deployment(), newest, generations.old());
        int first = draft.actionCount();
        draft.resizeAll(step.resizes());
        shrinking = Range.closedOpen(first, draft.actionCount());
        return step.isStep() ? reportRollout(generations) : finish(generations);
    }

    private Requeue recreate() {
        Generations generations = NewReplicaSet.find(draft, owned);
        ImmutableList<Resize> shrinking = Recreate.shrinkOld(generations.old());
        draft.resizeAll(shrinking);
        if (!shrinking.isEmpty() || Recreate.mustWait(generations, pods)) {
            return reportRollout(generations);
        }
        if (generations.newest() == null) {
            generations = NewReplicaSet.findOrCreate(draft, owned);
        }
        ReplicaSet newest = generations.newest();
        if (newest != null && newest.replicas() != draft.replicas()) {
            draft.resize(newest, draft.replicas(), "the last old pod is gone");
        }
        return finish(generations);
    }

    /** Nothing is left to move: if the rollout is over, old ReplicaSets beyond the limit go. */
    private Requeue finish(Generations generations) {
        Deployment deployment = draft.deployment();
        if (DeploymentReport.isComplete(deployment, deployment.status())) {
            forget(generations);
        }
        return reportRollout(generations);
    }

    private void forget(Generations generations) {
        RevisionHistory.toForget(draft.deployment().spec(), generations.old())
                .forEach(replicaSet -> draft.delete(replicaSet, "beyond revisionHistoryLimit"));
    }

    private Requeue reportFigures(Generations generations) {
        Deployment deployment = draft.deployment();
        writeIfChanged(DeploymentReport.status(deployment, generations, draft.now()));
        return Requeue.NEVER;
    }

    private Requeue reportRollout(Generations generations) {
        Deployment deployment = draft.deployment();
        DeploymentStatus counted = DeploymentReport.status(deployment, generations, draft.now());
        DeploymentStatus judged = ProgressDeadline.judged(deployment, counted, generations.newest(), draft.now());
        WorkloadCondition failure = DeploymentReport.replicaFailure(generations);
        DeploymentStatus status = failure == null
                ? DeploymentConditions.without(judged, DeploymentConditions.REPLICA_FAILURE)
                : DeploymentConditions.with(judged, failure);
        return writeIfChanged(status) ? Requeue.NEVER : ProgressDeadline.requeue(deployment, status, draft.now());
    }

    private boolean writeIfChanged(DeploymentStatus status) {
        Deployment deployment = draft.deployment();
        if (status.equals(deployment.status())) {
            return false;
        }
        draft.change(deployment.withStatus(status));
        draft.writeStatus("figures or conditions changed");
        return true;
    }
}
