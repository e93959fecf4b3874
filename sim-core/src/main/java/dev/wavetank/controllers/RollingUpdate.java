package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.ReplicaSet;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a rolling update: the new ReplicaSet grows as far as surge allows, or, if it cannot, the old ones shrink as
 * far as availability allows. Never both in one step.
 *
 * <p>Sizes are what ReplicaSets are asked for. Pods on their way out are in nobody's count, so more containers than
 * replicas + maxSurge may be running for a while.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/rolling.go and util NewRSNewReplicas.
 */
public final class RollingUpdate {

    private RollingUpdate() {}

    /**
     * What becomes of the old ReplicaSets.
     *
     * @param resizes in order; one ReplicaSet may shrink twice
     * @param gaveUp true if a ReplicaSet's status is so far behind that it claims more available pods than it is asked for;
     *     the step then counts as if nothing had changed
     */
    record Shrinking(ImmutableList<Resize> resizes, boolean gaveUp) {

        boolean isStep() {
            return !resizes.isEmpty() && !gaveUp;
        }
    }

    /**
     * The size of the new ReplicaSet when it may grow; with strategy Recreate that is all of it.
     *
     * @param total the sizes of all ReplicaSets together, the new one included
     * @param current the size of the new one
     */
    public static int newSize(DeploymentSpec spec, int total, int current) {
        if (spec.strategy() instanceof Strategy.Recreate) {
            return spec.replicas();
        }
        int room = Fenceposts.of(spec).maxTotal() - total;
        return room <= 0 ? current : current + Math.min(room, spec.replicas() - current);
    }

    /** First half: the new ReplicaSet's next size. It is brought down at once if it is too large. */
    static Resize growNew(DeploymentSpec spec, ReplicaSet newest, List<ReplicaSet> all) {
        int current = newest.replicas();
        if (current >= spec.replicas()) {
            return new Resize(newest, spec.replicas(), spec.replicas() + " replicas are wanted");
        }
        int total = Generations.total(all);
        int size = newSize(spec, total, current);
        int most = Fenceposts.of(spec).maxTotal();
        return new Resize(
                newest, size, total + " of at most " + most + " pods exist, " + spec.replicas() + " are wanted");
    }

    /**
     * Second half: the old ReplicaSets that shrink.
     *
     * <p>First pods that are not available go, since they serve nobody, oldest ReplicaSet first and as many as may be
     * missing in all. Then as many others as there are available pods above the minimum, again oldest first.
     */
    static Shrinking shrinkOld(Deployment deployment, ReplicaSet newest, ImmutableList<ReplicaSet> old) {
        ImmutableList<ReplicaSet> active = Generations.active(old);
        int minAvailable = Fenceposts.of(deployment.spec()).minAvailable();
        int total = Generations.total(active) + newest.replicas();
        int notYetAvailable = newest.replicas() - newest.status().availableReplicas();
        int budget = total - minAvailable - notYetAvailable;
        if (active.isEmpty() || budget <= 0) {
            return new Shrinking(ImmutableList.of(), false);
        }
        List<Resize> resizes = new ArrayList<>();
        List<ReplicaSet> left = dropUnavailable(active, budget, resizes);
        if (left.isEmpty()) {
            return new Shrinking(ImmutableList.copyOf(resizes), true);
        }
        int spare = Generations.available(active) + newest.status().availableReplicas() - minAvailable;
        dropSpare(left, spare, minAvailable, resizes);
        return new Shrinking(ImmutableList.copyOf(resizes), false);
    }

    /** The ReplicaSets as they are afterwards, or none if one of them makes no sense. */
    private static List<ReplicaSet> dropUnavailable(List<ReplicaSet> old, int budget, List<Resize> resizes) {
        List<ReplicaSet> left = new ArrayList<>(old);
        int rest = budget;
        for (int i = 0; i < left.size() && rest > 0; i++) {
            ReplicaSet replicaSet = left.get(i);
            int unavailable = replicaSet.replicas() - replicaSet.status().availableReplicas();
            if (unavailable < 0) {
                return List.of();
            }
            int cut = Math.min(rest, unavailable);
            if (cut > 0) {
                int size = replicaSet.replicas() - cut;
                resizes.add(new Resize(replicaSet, size, unavailable + " of its pods are not available"));
                left.set(i, replicaSet.withReplicas(size));
                rest -= cut;
            }
        }
        return left;
    }

    private static void dropSpare(List<ReplicaSet> old, int spare, int minAvailable, List<Resize> resizes) {
        int rest = spare;
        for (ReplicaSet replicaSet : old) {
            int cut = Math.min(rest, replicaSet.replicas());
            if (cut > 0) {
                String reason = (spare + minAvailable) + " pods are available, " + minAvailable + " must be";
                resizes.add(new Resize(replicaSet, replicaSet.replicas() - cut, reason));
                rest -= cut;
            }
        }
    }
}
