package dev.wavetank.controllers;

import dev.wavetank.model.Times;

/**
 * When a controller wants to see an object again, watch events apart.
 *
 * @param after nanoseconds for {@code AFTER}, else 0
 */
public record Requeue(Kind kind, long after) {

    public enum Kind {
        /** Not before something changes. */
        NEVER,
        /** Once, after a stated time. */
        AFTER,
        /** The sync went well but wants another look soon, with the queue's back-off. */
        RATE_LIMITED,
        /** The sync failed; it is retried with the queue's back-off, {@link #FIRST_RETRY} the first time. */
        RETRY
    }

    /** The first back-off of a work queue, in nanoseconds; it doubles with every failure. */
    public static final long FIRST_RETRY = 5 * Times.MILLISECOND;

    static final Requeue NEVER = new Requeue(Kind.NEVER, 0);
    static final Requeue RATE_LIMITED = new Requeue(Kind.RATE_LIMITED, 0);
    static final Requeue RETRY = new Requeue(Kind.RETRY, 0);

    static Requeue after(long nanos) {
        return new Requeue(Kind.AFTER, nanos);
    }
}
