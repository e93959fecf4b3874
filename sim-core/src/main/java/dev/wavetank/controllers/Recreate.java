package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import org.jspecify.annotations.Nullable;

/**
 * The strategy Recreate: every old ReplicaSet goes to 0, the last old pod goes away, and only then the new ReplicaSet
 * comes.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/recreate.go.
 */
final class Recreate {

    private Recreate() {}

    /** First half: what is left of the old ones is taken down. */
    static ImmutableList<Resize> shrinkOld(ImmutableList<ReplicaSet> old) {
        return Generations.active(old).stream()
                .map(replicaSet -> new Resize(replicaSet, 0, "Recreate takes all old pods down first"))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * True while the new ReplicaSet must wait: an old one still reports pods, or a pod that is not the new one's has not
     * come to its end. Pods on their way out count.
     */
    static boolean mustWait(Generations generations, Iterable<Pod> pods) {
        for (ReplicaSet replicaSet : generations.old()) {
            if (replicaSet.status().replicas() > 0) {
                return true;
            }
        }
        for (Pod pod : pods) {
            if (!pod.status().phase().isFinal() && !isOf(generations.newest(), pod)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(@Nullable ReplicaSet newest, Pod pod) {
        return newest != null && pod.metadata().isControlledBy(newest.metadata().uid());
    }
}
