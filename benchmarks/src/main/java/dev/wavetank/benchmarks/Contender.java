package dev.wavetank.benchmarks;

import java.util.function.BiFunction;
import umontreal.ssj.simevents.eventlist.BinaryTree;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.RedblackTree;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** The event loops that are compared, named as they appear in the results. */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
public enum Contender {
    /** Our {@code Simulation}, its whole loop. */
    WAVETANK(WavetankHold::new),
    /** {@code java.util.PriorityQueue} of (time, sequence) with nothing around it. */
    PRIORITY_QUEUE(PriorityQueueHold::new),
    /** SSJ's default list, with nothing around it. */
    SSJ_SPLAY_TREE((delays, pending) -> new SsjHold(new SplayTree(), delays, pending)),
    /** SSJ's pointer-based list with a binary search. */
    SSJ_HENRIKSEN((delays, pending) -> new SsjHold(new Henriksen(), delays, pending)),
    /** SSJ on {@code java.util.TreeMap}. */
    SSJ_RED_BLACK_TREE((delays, pending) -> new SsjHold(new RedblackTree(), delays, pending)),
    /** SSJ's unbalanced tree. */
    SSJ_BINARY_TREE((delays, pending) -> new SsjHold(new BinaryTree(), delays, pending)),
    /** SSJ as its users run it, with the list that is its fastest here. */
    SSJ((delays, pending) -> new SsjLoopHold(new Henriksen(), delays, pending)),
    /** CloudSim Plus's queue of future events, with nothing around it. */
    CLOUDSIM_PLUS_QUEUE(CloudSimPlusQueueHold::new),
    /** CloudSim Plus as its users run it: an entity that schedules to itself, and {@code runFor}. */
    CLOUDSIM_PLUS(CloudSimPlusHold::new);

    private final BiFunction<Delays, Integer, HoldModel> factory;

    Contender(BiFunction<Delays, Integer, HoldModel> factory) {
        this.factory = factory;
    }

    HoldModel prepare(Delays delays, int pending) {
        return factory.apply(delays, pending);
    }
}
