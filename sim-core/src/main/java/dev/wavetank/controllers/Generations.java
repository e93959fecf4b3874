package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment's ReplicaSets, told apart: the new one, whose template is the Deployment's, and the old ones.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/util FindNewReplicaSet, FindOldReplicaSets.
 *
 * @param newest the oldest of those with the Deployment's template, or null if there is none. (A template edited back to
 *     an earlier one so finds its ReplicaSet again.)
 * @param old all others, oldest first
 */
record Generations(@Nullable ReplicaSet newest, ImmutableList<ReplicaSet> old) {

    static final Comparator<ReplicaSet> OLDEST_FIRST = Comparator.comparingLong(
                    (ReplicaSet replicaSet) -> replicaSet.metadata().creationTimestamp())
            .thenComparing(ReplicaSet::name);

    static Generations of(Deployment deployment, List<ReplicaSet> owned) {
        ReplicaSet newest = null;
        ImmutableList.Builder<ReplicaSet> old = ImmutableList.builder();
        for (ReplicaSet replicaSet : ImmutableList.sortedCopyOf(OLDEST_FIRST, owned)) {
            if (newest == null
                    && replicaSet.template().sameRevisionAs(deployment.spec().template())) {
                newest = replicaSet;
            } else {
                old.add(replicaSet);
            }
        }
        return new Generations(newest, old.build());
    }

    Generations withNewest(@Nullable ReplicaSet newest) {
        return new Generations(newest, old);
    }

    /** The old ones, then the new one if there is one. */
    ImmutableList<ReplicaSet> all() {
        return newest == null
                ? old
                : ImmutableList.<ReplicaSet>builder().addAll(old).add(newest).build();
    }

    ImmutableList<ReplicaSet> activeOld() {
        return active(old);
    }

    /** Those with pods to keep. */
    static ImmutableList<ReplicaSet> active(List<ReplicaSet> replicaSets) {
        return replicaSets.stream()
                .filter(replicaSet -> replicaSet.replicas() > 0)
                .collect(ImmutableList.toImmutableList());
    }

    /** The sum of the sizes that are asked for, whatever the pods do. */
    static int total(List<ReplicaSet> replicaSets) {
        return replicaSets.stream().mapToInt(ReplicaSet::replicas).sum();
    }

    static int available(List<ReplicaSet> replicaSets) {
        return replicaSets.stream()
                .mapToInt(replicaSet -> replicaSet.status().availableReplicas())
                .sum();
    }
}
