package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/** Requests that wait, first come first served; linked through the requests themselves. */
final class RequestQueue {

    private @Nullable Request first;
    private @Nullable Request last;
    private int size;

    int size() {
        return size;
    }

    void add(Request request) {
        Request before = last;
        if (before == null) {
            first = request;
        } else {
            before.nextWaiting = request;
        }
        last = request;
        size++;
    }

    @Nullable
    Request first() {
        return first;
    }

    @Nullable
    Request poll() {
        Request polled = first;
        if (polled != null) {
            remove(polled);
        }
        return polled;
    }

    /** Takes one out, wherever it stands. */
    void remove(Request request) {
        Request before = null;
        for (Request each = first; each != null && each != request; each = each.nextWaiting) {
            before = each;
        }
        if (before == null) {
            first = request.nextWaiting;
        } else {
            before.nextWaiting = request.nextWaiting;
        }
        if (last == request) {
            last = before;
        }
        request.nextWaiting = null;
        size--;
    }
}
