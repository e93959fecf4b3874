package dev.wavetank.controllers;

/**
 * Says which of two pods a shrinking ReplicaSet deletes first.
 *
 * <p>An order need not be transitive (Kubernetes' own is not, see {@link PodRanking}), so it must not be handed to {@code
 * List.sort}; {@link PodDeletion} brings the sort that copes.
 */
public interface VictimOrder {

    /** What a real ReplicaSet controller does. */
    VictimOrder KUBERNETES = new PodRanking();

    /** The simpler order that the tutorial's page tells; see {@link GuideOrder} for where it differs. */
    VictimOrder GUIDE = new GuideOrder();

    /** True if {@code a} is deleted before {@code b}; false for both ways round means the order leaves it open. */
    boolean before(VictimCandidate a, VictimCandidate b);

    /** Which of the two goes first and the rule that decided, such as {@code web-7 before web-2: web-7 is not ready}. */
    String explain(VictimCandidate a, VictimCandidate b);
}
