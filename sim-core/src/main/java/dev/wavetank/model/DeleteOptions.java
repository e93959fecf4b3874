package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * How an object is to be deleted.
 *
 * @param gracePeriodSeconds for pods: seconds to stop in; null takes the pod's own, 0 removes it at once
 * @param propagation what becomes of the objects it owns
 */
public record DeleteOptions(@Nullable Long gracePeriodSeconds, Propagation propagation) {

    /** What becomes of the objects that the deleted one owns. */
    public enum Propagation {
        /** The owner goes at once, what it owns soon after. */
        BACKGROUND,
        /** What it owns goes first. */
        FOREGROUND,
        /** What it owns stays, without an owner. */
        ORPHAN
    }

    public static final DeleteOptions DEFAULT = new DeleteOptions(null, Propagation.BACKGROUND);

    public static DeleteOptions withGrace(long seconds) {
        return new DeleteOptions(seconds, Propagation.BACKGROUND);
    }
}
