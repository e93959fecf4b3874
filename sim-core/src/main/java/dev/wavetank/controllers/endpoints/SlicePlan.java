package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;

/**
 * The writes one sync of a Service makes to its EndpointSlices; slices that are not mentioned stay as they are.
 *
 * @param creates slices that need a name of their own first
 * @param updates existing slices with what they are to hold from now on
 */
public record SlicePlan(ImmutableList<Create> creates, ImmutableList<Update> updates, ImmutableList<Delete> deletes) {

    /** Why a slice is written. */
    public enum Reason {
        ENDPOINTS_CHANGED("endpoints it holds changed or went"),
        ROOM_FOR_ALL("it has room for all endpoints that were left, and ends fullest"),
        NO_SLICE_HAS_ROOM("no slice that had to be written anyway, and no single other one, had room"),
        LEFT_EMPTY("none of its endpoints is wanted any more"),
        PORTS_GONE("no pod offers its ports any more"),
        REUSED("a slice was to go and another to come, so the one became the other"),
        PLACEHOLDER("without it the Service would have no slice at all");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as a sentence about the slice. */
        public String text() {
            return text;
        }
    }

    /** A slice to create. */
    public record Create(ImmutableList<EndpointSlice.Port> ports, ImmutableList<Endpoint> endpoints, Reason reason) {}

    /** A slice to write over. */
    public record Update(EndpointSlice slice, Reason reason) {}

    /** A slice to delete. */
    public record Delete(EndpointSlice slice, Reason reason) {}

    /** True if there is nothing to write. */
    public boolean isEmpty() {
        return creates.isEmpty() && updates.isEmpty() && deletes.isEmpty();
    }
}
