package dev.wavetank.controllers;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A ReplicaSet is looked at after every change of one of its pods. Walking all its pods each time made more than half of
 * the time of a simulated rollout of 1,000 pods; with the tally a look that finds nothing to do costs the same for any size.
 */
/**
 * Counts the pods of one ReplicaSet, kept up to date change by change. Pods with the same labels, nearly always all of them,
 * are counted together, since it depends on labels whether a pod belongs.
 */
final class PodTally {

    private static final class Group {
        private int active;
        private int ready;
        private int terminating;

        private boolean isEmpty() {
            return active == 0 && terminating == 0;
        }

        private void add(Pod pod, int one) {
            if (pod.isActive()) {
                active += one;
                ready += pod.isReady() ? one : 0;
            } else if (pod.isTerminating()) {
                terminating += one;
            }
        }
    }

    /** Only ever summed over, so its order cannot matter. */
    private final Map<ImmutableMap<String, String>, Group> groups = new HashMap<>();

    private final Map<String, Integer> activeByNode = new HashMap<>();

    /** Takes note of a change; null stands for "not there" or "not this ReplicaSet's". */
    void replace(@Nullable Pod before, @Nullable Pod after) {
        if (before != null) {
            count(before, -1);
        }
        if (after != null) {
            count(after, 1);
        }
    }

    private void count(Pod pod, int one) {
        ImmutableMap<String, String> labels = pod.metadata().labels();
        Group group = groups.computeIfAbsent(labels, unused -> new Group());
        group.add(pod, one);
        if (group.isEmpty()) {
            groups.remove(labels);
        }
        if (pod.isActive()) {
            activeByNode.merge(pod.nodeName(), one, PodTally::sumOrNone);
        }
    }

    private static @Nullable Integer sumOrNone(int count, int one) {
        return count + one == 0 ? null : Integer.valueOf(count + one);
    }

    /** How many active pods each node runs; pods without a node are under the empty name. Not to be changed. */
    Map<String, Integer> activeByNode() {
        return activeByNode;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** True if the ReplicaSet's selector no longer matches a pod it has; then counting is not enough. */
    boolean hasStrangers(LabelSelector selector) {
        for (Map.Entry<ImmutableMap<String, String>, Group> group : groups.entrySet()) {
            if (group.getValue().active > 0 && !selector.matches(group.getKey())) {
                return true;
            }
        }
        return false;
    }

    /** The figures for a ReplicaSet without minReadySeconds, where ready and available are the same. */
    PodCounts counts(ReplicaSet replicaSet) {
        int active = 0;
        int labeled = 0;
        int ready = 0;
        int terminating = 0;
        for (Map.Entry<ImmutableMap<String, String>, Group> entry : groups.entrySet()) {
            Group group = entry.getValue();
            if (replicaSet.selector().matches(entry.getKey())) {
                active += group.active;
                ready += group.ready;
                terminating += group.terminating;
                labeled += ReplicaSetReport.hasAll(
                                entry.getKey(), replicaSet.template().labels())
                        ? group.active
                        : 0;
            }
        }
        return new PodCounts(active, labeled, ready, ready, terminating);
    }
}
