package dev.wavetank.controllers;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the templates a Deployment has had, and forgets the oldest.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment (cleanupDeployment) and its util (MaxRevision,
 * SetNewReplicaSetAnnotations).
 */
final class RevisionHistory {

    /** The longest the list of earlier revisions may grow; beyond it the oldest are dropped. */
    private static final int MAX_HISTORY_CHARACTERS = 2000;

    private RevisionHistory() {}

    /** One more than the highest revision among the old ReplicaSets; what is no number does not count. */
    static long next(List<ReplicaSet> old) {
        long highest = 0;
        for (ReplicaSet replicaSet : old) {
            highest =
                    Math.max(highest, DeploymentAnnotations.revision(replicaSet).orElse(0));
        }
        return highest + 1;
    }

    /** The second highest revision, which a rollback to "the previous one" means; 0 if there is none. */
    static long previous(List<ReplicaSet> replicaSets) {
        long highest = 0;
        long second = 0;
        for (ReplicaSet replicaSet : replicaSets) {
            long revision = DeploymentAnnotations.revision(replicaSet).orElse(-1);
            if (revision >= highest) {
                second = highest;
                highest = revision;
            } else if (revision > second) {
                second = revision;
            }
        }
        return second;
    }

    /**
     * The ReplicaSet's metadata after it was given a revision; a lower one than it has is ignored, and the one it had goes
     * to its history.
     *
     * @return null if the revision it has is no number: then it is left alone
     */
    static @Nullable ObjectMeta raised(ObjectMeta metadata, long revision) {
        String before = metadata.annotation(DeploymentAnnotations.REVISION);
        OptionalLong had =
                before == null || before.isEmpty() ? OptionalLong.of(0) : DeploymentAnnotations.parseLong(before);
        if (had.isEmpty()) {
            return null;
        }
        if (had.getAsLong() >= revision) {
            return metadata;
        }
        ObjectMeta raised = metadata.withAnnotation(DeploymentAnnotations.REVISION, Long.toString(revision));
        return before == null ? raised : withEarlier(raised, before);
    }

    private static ObjectMeta withEarlier(ObjectMeta metadata, String revision) {
        String history = metadata.annotation(DeploymentAnnotations.REVISION_HISTORY);
        if (history == null || history.isEmpty()) {
            return metadata.withAnnotation(DeploymentAnnotations.REVISION_HISTORY, revision);
        }
        List<String> earlier = new ArrayList<>(Splitter.on(',').splitToList(history));
        int length = history.length() + 1 + revision.length();
        while (length > MAX_HISTORY_CHARACTERS && !earlier.isEmpty()) {
            length -= earlier.remove(0).length() + 1;
        }
        if (length > MAX_HISTORY_CHARACTERS) {
            return metadata;
        }
        earlier.add(revision);
        return metadata.withAnnotation(
                DeploymentAnnotations.REVISION_HISTORY, Joiner.on(',').join(earlier));
    }

    /**
     * The old ReplicaSets that are beyond revisionHistoryLimit and can go. As many of the oldest as there are too many are
     * looked at; one of them that still has pods is kept and no younger one goes in its place.
     */
    static ImmutableList<ReplicaSet> toForget(DeploymentSpec spec, List<ReplicaSet> old) {
        Integer limit = spec.revisionHistoryLimit();
        if (limit == null || limit == Integer.MAX_VALUE) {
            return ImmutableList.of();
        }
        List<ReplicaSet> alive = new ArrayList<>();
        for (ReplicaSet replicaSet : old) {
            if (!replicaSet.metadata().isBeingDeleted()) {
                insertByRevision(alive, replicaSet);
            }
        }
        return alive.stream()
                .limit(Math.max(0, alive.size() - (long) limit))
                .filter(RevisionHistory::isIdle)
                .collect(ImmutableList.toImmutableList());
    }

    /** Insertion keeps clear of {@code List.sort}: a revision that is no number compares by age, which need not be transitive. */
    private static void insertByRevision(List<ReplicaSet> sorted, ReplicaSet replicaSet) {
        int place = sorted.size();
        while (place > 0 && isEarlier(replicaSet, sorted.get(place - 1))) {
            place--;
        }
        sorted.add(place, replicaSet);
    }

    private static boolean isEarlier(ReplicaSet a, ReplicaSet b) {
        OptionalLong one = DeploymentAnnotations.revision(a);
        OptionalLong other = DeploymentAnnotations.revision(b);
        if (one.isEmpty() || other.isEmpty() || one.getAsLong() == other.getAsLong()) {
            return Generations.OLDEST_FIRST.compare(a, b) < 0;
        }
        return one.getAsLong() < other.getAsLong();
    }

    private static boolean isIdle(ReplicaSet replicaSet) {
        return replicaSet.replicas() == 0
                && replicaSet.status().replicas() == 0
                && replicaSet.metadata().generation() <= replicaSet.status().observedGeneration();
    }
}
