package dev.wavetank.controllers;

import dev.wavetank.model.Times;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a ReplicaSet controller still waits to see in its watch after it created or deleted pods. Until it has, it neither
 * creates nor deletes: its picture of the pods is behind its own deeds.
 *
 * <p>One per ReplicaSet, kept by the actor and changed in place: a scale-down of thousands would copy a value too often.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/controller_utils.go, ControllerExpectations.
 */
public final class Expectations {

    /** After this long an expectation is given up: a watch event must have been missed. */
    public static final long TIMEOUT = 5 * 60 * Times.SECOND;

    private int adds;
    private final Set<String> deletes = new LinkedHashSet<>();
    private long since = Times.NONE;

    /** Replaces whatever was expected by {@code count} new pods. */
    public void expectCreations(int count, long now) {
        expect(count, List.of(), now);
    }

    /** Replaces whatever was expected by the going of these pods. */
    public void expectDeletions(List<String> podNames, long now) {
        expect(0, podNames, now);
    }

    /** Replaces whatever was expected by both. */
    public void expect(int creations, List<String> podNames, long now) {
        adds = creations;
        deletes.clear();
        deletes.addAll(podNames);
        since = now;
    }

    /** A pod has appeared, or will not: its creation failed or was never tried. */
    public void creationObserved() {
        if (Times.isSet(since)) {
            adds--;
        }
    }

    /** The pod is going or gone, or its deletion failed; only the first time counts. */
    public void deletionObserved(String podName) {
        deletes.remove(podName);
    }

    /** True if the controller may create and delete: nothing is outstanding, or it has been for more than {@link #TIMEOUT}. */
    public boolean areMet(long now) {
        return !Times.isSet(since) || (adds <= 0 && deletes.isEmpty()) || now - since > TIMEOUT;
    }

    /** Pods still to appear; below 0 if more came than were expected. */
    public int adds() {
        return adds;
    }

    /** Pods still to be seen going. */
    public int deletes() {
        return deletes.size();
    }
}
