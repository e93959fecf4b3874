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

    private static final Claim<Pod> NOBODY = new Claim<>(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());

    private ReplicaSetSync() {}

    /**
     * What to do, in this order: adopt and release, then create or delete, then {@link #report}.
     *
     * @param claim among the active pods; {@code claim.owned()} are those that count, empty if counting them was enough
     * @param counts what the report says of them
     * @param toCreate pods to create in slow-start batches, at most {@link #BURST_REPLICAS}
     * @param deletion the pods to delete at once, or null if none have to go
     * @param reason one line on why
     */
    public record Plan(
            ReplicaSet replicaSet,
            Claim<Pod> claim,
            PodCounts counts,
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
            ReplicaSetStatus status = ReplicaSetReport.status(replicaSet, counts, failure, now);
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
        int terminating = 0;
        for (Pod pod : candidates) {
            if (pod.isActive()) {
                active.add(pod);
            } else if (pod.isTerminating() && isOurs(replicaSet, pod)) {
                terminating++;
            }
        }
        Claim<Pod> claim = Claim.of(replicaSet, replicaSet.selector(), active);
        PodCounts counts = PodCounts.of(replicaSet, claim.owned(), terminating, now);
        int excess = counts.active() - replicaSet.replicas();
        if (excess <= 0 || !mayManage || replicaSet.metadata().isBeingDeleted()) {
            return withoutDeletion(replicaSet, claim, counts, mayManage, now);
        }
        PodDeletion.Selection deletion = PodDeletion.podsToDelete(
                claim.owned(), perNode.get(), Math.min(excess, BURST_REPLICAS), now, order, tieBreak);
        return new Plan(replicaSet, claim, counts, 0, deletion, counted(replicaSet, counts), now);
    }

    /**
     * The first half where the figures are enough: no pod is to be adopted or released, and either there are not too many or
     * nothing may be done about it. Gives the same plan as looking at every pod.
     *
     * @return null if the pods themselves must be looked at
     */
    static @Nullable Plan planByCount(ReplicaSet replicaSet, PodTally tally, boolean mayManage, long now) {
        if (replicaSet.minReadySeconds() > 0 || tally.hasStrangers(replicaSet.selector())) {
            return null;
        }
        PodCounts counts = tally.counts(replicaSet);
        boolean mustChoose = counts.active() > replicaSet.replicas()
                && mayManage
                && !replicaSet.metadata().isBeingDeleted();
        return mustChoose ? null : withoutDeletion(replicaSet, NOBODY, counts, mayManage, now);
    }

    private static Plan withoutDeletion(
            ReplicaSet replicaSet, Claim<Pod> claim, PodCounts counts, boolean mayManage, long now) {
        String counted = counted(replicaSet, counts);
        if (replicaSet.metadata().isBeingDeleted()) {
            return new Plan(replicaSet, claim, counts, 0, null, counted + "; being deleted", now);
        }
        if (!mayManage) {
            String reason = counted + "; waits to see its earlier creations and deletions";
            return new Plan(replicaSet, claim, counts, 0, null, reason, now);
        }
        int toCreate = Math.min(replicaSet.replicas() - counts.active(), BURST_REPLICAS);
        return new Plan(replicaSet, claim, counts, toCreate, null, counted, now);
    }

    private static String counted(ReplicaSet replicaSet, PodCounts counts) {
        return counts.active() + " active pods, " + replicaSet.replicas() + " wanted";
    }

    private static boolean isOurs(ReplicaSet replicaSet, Pod pod) {
        return pod.metadata().isControlledBy(replicaSet.metadata().uid())
                && replicaSet.selector().matches(pod.metadata().labels());
    }
}
