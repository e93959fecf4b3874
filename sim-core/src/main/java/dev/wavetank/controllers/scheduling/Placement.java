package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;

/** What the scheduler decides for a pod. */
public sealed interface Placement {

    /** Where in the list of nodes the search for the next pod begins. */
    int nextStart();

    /**
     * The pod can run.
     *
     * @param bestNodes the nodes with the highest score, one of which is to be drawn. Kubernetes means to draw at random
     *     too, and in 1.36 happens to take the first of a list whose order races decide
     * @param score the sum of weighted scores; 0 if there was but one node to choose
     */
    record Assignment(ImmutableList<String> bestNodes, long score, int nextStart) implements Placement {}

    /**
     * The pod has to wait.
     *
     * @param message the text of the FailedScheduling event and of the PodScheduled condition
     * @param preemptionCandidates nodes that could take the pod if all pods of lower priority went
     */
    record Unschedulable(String message, ImmutableList<String> preemptionCandidates, int nextStart)
            implements Placement {}
}
