package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look of the ReplicaSet controller at a ReplicaSet: whose pods are whose, how many to create or which to delete,
 * and then what to report.
 *
 * <p>It comes in two halves, since the report tells whether creating and deleting worked: {@link #plan} before, {@link
 * Plan#report} after. Pods created or deleted in between do not show up in the report; their own watch events bring the
 * next look.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset syncReplicaSet and manageReplicas.
 */
public final class ReplicaSetSync {

    /** The most pods one sync creates or deletes. */
    public static final int BURST_REPLICAS = 500;

    private ReplicaSetSync() {}

    /**
     * What to do, in this order: adopt and release, then create or delete, then {@link #report}.
     *
     * @param claim among the active pods; {@code claim.owned()} are those that count
     * @param terminating pods of this ReplicaSet on their way out
     * @param toCreate pods to create in slow-start batches, at most {@link #BURST_REPLICAS}
     * @param deletion the pods to delete at once, or null if none have to go
     * @param reason one line on why
     */
    public record Plan(
            ReplicaSet replicaSet,
            Claim<Pod> claim,
            ImmutableList<Pod> terminating,
            int toCreate,
            PodDeletion.@Nullable Selection deletion,
            String reason,
            long now) {

        public ImmutableList<Pod> toDelete() {
            return deletion == null ? ImmutableList.of() : deletion.pods();
        }

        /**
         * The second half.
         *
         * @param failure the first error met while creating or deleting, or null if all went well; a pod that was
         *     already gone and a namespace that takes no new pods are no errors
         */
        public Report report(@Nullable String failure) {
            ReplicaSetStatus status = ReplicaSetReport.status(replicaSet, claim.owned(), terminating, failure, now);
            long requeueAfter =
                    failure == null ? ReplicaSetReport.nextAvailability(replicaSet, claim.owned(), status, now) : -1;
            return new Report(status, !status.equals(replicaSet.status()), requeueAfter, failure != null);
        }
    }

    /**
     * How the sync ends.
     *
     * @param statusChanged true if {@code status} must be written
     * @param requeueAfter nanoseconds after which a pod may turn available just by waiting, or -1
     * @param retry true if the sync failed and is retried with back-off
     */
    public record Report(ReplicaSetStatus status, boolean statusChanged, long requeueAfter, boolean retry) {}

    /**
     * The first half.
     *
     * @param candidates the pods of the namespace that this ReplicaSet controls or that nobody controls; others are
     *     passed over
     * @param perNode asked only if pods must be deleted
     * @param mayManage false while expectations are outstanding; then nothing is created or deleted
     */
    public static Plan plan(
            ReplicaSet replicaSet,
            Iterable<Pod> candidates,
            boolean mayManage,
            Supplier<PodsPerNode> perNode,
            VictimOrder order,
            TieBreak tieBreak,
            long now) {
        List<Pod> active = new ArrayList<>();
        List<Pod> leaving = new ArrayList<>();
        for (Pod pod : candidates) {
            if (pod.isActive()) {
                active.add(pod);
            } else if (pod.isTerminating() && isOurs(replicaSet, pod)) {
                leaving.add(pod);
            }
        }
        Claim<Pod> claim = Claim.of(replicaSet, replicaSet.selector(), active);
        ImmutableList<Pod> terminating = ImmutableList.copyOf(leaving);
        int count = claim.owned().size();
        int excess = count - replicaSet.replicas();
        String counted = count + " active pods, " + replicaSet.replicas() + " wanted";
        if (replicaSet.metadata().isBeingDeleted()) {
            return new Plan(replicaSet, claim, terminating, 0, null, counted + "; being deleted", now);
        }
        if (!mayManage) {
            String reason = counted + "; waits to see its earlier creations and deletions";
            return new Plan(replicaSet, claim, terminating, 0, null, reason, now);
        }
        if (excess <= 0) {
            int toCreate = Math.min(-excess, BURST_REPLICAS);
            return new Plan(replicaSet, claim, terminating, toCreate, null, counted, now);
        }
        PodDeletion.Selection deletion = PodDeletion.podsToDelete(
                claim.owned(), perNode.get(), Math.min(excess, BURST_REPLICAS), now, order, tieBreak);
        return new Plan(replicaSet, claim, terminating, 0, deletion, counted, now);
    }

    private static boolean isOurs(ReplicaSet replicaSet, Pod pod) {
        return pod.metadata().isControlledBy(replicaSet.metadata().uid())
                && replicaSet.selector().matches(pod.metadata().labels());
    }
}
