package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a change of the Deployment's size is spread over its ReplicaSets. Usually one of them has all the pods and gets the
 * new size; in the middle of a rollout each gets its share.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/sync.go scale, and util GetReplicaSetProportion.
 */
final class ProportionalScaling {

    private static final Comparator<ReplicaSet> LARGEST_FIRST =
            Comparator.comparingInt(ReplicaSet::replicas).reversed();

    private ProportionalScaling() {}

    /**
     * The sizes after a scaling.
     *
     * @param resizes in the order they are written
     * @param renewsNotes true if a ReplicaSet is also written when only its notes on the size are out of date
     */
    record Sizes(ImmutableList<Resize> resizes, boolean renewsNotes) {}

    /** Spreads {@code spec.replicas}. {@code reportedReplicas} is the pods the Deployment last reported. */
    static Sizes sizes(DeploymentSpec spec, int reportedReplicas, Generations generations) {
        int replicas = spec.replicas();
        ReplicaSet newest = generations.newest();
        ImmutableList<ReplicaSet> old =
                ImmutableList.sortedCopyOf(Generations.OLDEST_FIRST.reversed(), generations.old());
        ImmutableList<ReplicaSet> active = Generations.active(new Generations(newest, old).all());
        if (active.size() <= 1) {
            ReplicaSet only = activeOrLatest(active, newest, old);
            return only == null
                    ? new Sizes(ImmutableList.of(), false)
                    : new Sizes(ImmutableList.of(new Resize(only, replicas, "it has all the pods")), false);
        }
        if (isSaturated(newest, replicas)) {
            return new Sizes(
                    Generations.active(old).stream()
                            .map(one -> new Resize(one, 0, "the new ReplicaSet has all it needs"))
                            .collect(ImmutableList.toImmutableList()),
                    false);
        }
        return spec.strategy() instanceof Strategy.RollingUpdate
                ? new Sizes(shares(spec, reportedReplicas, active), true)
                : new Sizes(ImmutableList.of(), false);
    }

    private static @Nullable ReplicaSet activeOrLatest(
            ImmutableList<ReplicaSet> active, @Nullable ReplicaSet newest, ImmutableList<ReplicaSet> newestOldFirst) {
        if (!active.isEmpty()) {
            return active.get(0);
        }
        if (newest != null) {
            return newest;
        }
        return newestOldFirst.isEmpty() ? null : newestOldFirst.get(0);
    }

    /** True if the new ReplicaSet has been given all pods and they are all available. */
    private static boolean isSaturated(@Nullable ReplicaSet newest, int replicas) {
        if (newest == null) {
            return false;
        }
        OptionalInt desired = DeploymentAnnotations.count(newest, DeploymentAnnotations.DESIRED_REPLICAS);
        return newest.replicas() == replicas
                && desired.isPresent()
                && desired.getAsInt() == replicas
                && newest.status().availableReplicas() == replicas;
    }

    /** Each keeps its share of the whole; what rounding leaves over goes to the first, the largest. */
    private static ImmutableList<Resize> shares(
            DeploymentSpec spec, int reportedReplicas, ImmutableList<ReplicaSet> active) {
        int allowed = spec.replicas() > 0 ? Fenceposts.of(spec).maxTotal() : 0;
        int toAdd = allowed - Generations.total(active);
        List<ReplicaSet> ordered = ordered(active, toAdd);
        int[] sizes = new int[ordered.size()];
        int added = 0;
        for (int i = 0; i < sizes.length; i++) {
            ReplicaSet replicaSet = ordered.get(i);
            int left = toAdd - added;
            int share = left == 0 ? 0 : share(spec, reportedReplicas, replicaSet);
            int granted = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
            sizes[i] = replicaSet.replicas() + granted;
            added += granted;
        }
        sizes[0] = toAdd == 0 ? sizes[0] : Math.max(0, sizes[0] + toAdd - added);
        String reason = toAdd + " pods to add over " + sizes.length + " ReplicaSets, in proportion to their sizes";
        ImmutableList.Builder<Resize> resizes = ImmutableList.builder();
        for (int i = 0; i < sizes.length; i++) {
            resizes.add(new Resize(ordered.get(i), sizes[i], reason));
        }
        return resizes.build();
    }

    /** The largest first; among equals the newest when growing, the oldest when shrinking. */
    private static List<ReplicaSet> ordered(ImmutableList<ReplicaSet> active, int toAdd) {
        List<ReplicaSet> ordered = new ArrayList<>(active);
        if (toAdd > 0) {
            ordered.sort(LARGEST_FIRST.thenComparing(Generations.OLDEST_FIRST.reversed()));
        } else if (toAdd < 0) {
            ordered.sort(LARGEST_FIRST.thenComparing(Generations.OLDEST_FIRST));
        }
        return ordered;
    }

    /** What a ReplicaSet gains (or loses, if negative) if the whole grows from the size it was last scaled for. */
    private static int share(DeploymentSpec spec, int reportedReplicas, ReplicaSet replicaSet) {
        int size = replicaSet.replicas();
        if (spec.replicas() == 0) {
            return -size;
        }
        int before = DeploymentAnnotations.count(replicaSet, DeploymentAnnotations.MAX_REPLICAS)
                .orElse(0);
        if (before == 0) {
            before = reportedReplicas;
        }
        if (before == 0) {
            return 0;
        }
        // the product wraps at 32 bits, as it does in Kubernetes
        double exact = (double) (size * Fenceposts.of(spec).maxTotal()) / before;
        return roundHalfAwayFromZero(exact) - size;
    }

    private static int roundHalfAwayFromZero(double value) {
        return (int) (value < 0 ? value - 0.5 : value + 0.5);
    }
}
