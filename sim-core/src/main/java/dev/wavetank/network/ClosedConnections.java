package dev.wavetank.network;

import java.util.Arrays;

/**
 * Connections that are closed and still tracked, all for equally long, so that the first in is the first out. A ring of
 * arrays: at 100,000 requests a second there are twelve million of them.
 */
final class ClosedConnections {

    private long[] expiry = new long[64];
    private int[] destination = new int[64];
    private int[] template = new int[64];
    private int head;
    private int size;

    /** When the first is forgotten; {@link Long#MAX_VALUE} if there is none. */
    long firstExpiry() {
        return size == 0 ? Long.MAX_VALUE : expiry[head];
    }

    int firstDestination() {
        return destination[head];
    }

    int firstTemplate() {
        return template[head];
    }

    void removeFirst() {
        head = (head + 1) & (expiry.length - 1);
        size--;
    }

    void add(long expiresAt, int toDestination, int ofTemplate) {
        if (size == expiry.length) {
            grow();
        }
        int place = (head + size++) & (expiry.length - 1);
        expiry[place] = expiresAt;
        destination[place] = toDestination;
        template[place] = ofTemplate;
    }

    private void grow() {
        int length = expiry.length;
        expiry = straightened(expiry, length);
        destination = straightened(destination, length);
        template = straightened(template, length);
        head = 0;
    }

    private long[] straightened(long[] ring, int length) {
        long[] longer = Arrays.copyOfRange(ring, head, head + 2 * length);
        System.arraycopy(ring, 0, longer, length - head, head);
        return longer;
    }

    private int[] straightened(int[] ring, int length) {
        int[] longer = Arrays.copyOfRange(ring, head, head + 2 * length);
        System.arraycopy(ring, 0, longer, length - head, head);
        return longer;
    }
}
