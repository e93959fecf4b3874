package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/** Who waits for the end of a call. */
interface Completion {
    /**
     * The call ended now, all retries included.
     *
     * @param caller whose call it was
     * @param callId what {@link Caller#call} returned for it
     * @param failure what went wrong; null if it was answered
     */
    void ended(Caller caller, long callId, @Nullable Failure failure);
}
