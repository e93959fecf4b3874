package dev.wavetank.network;

import java.util.Arrays;

/**
 * The destinations of one IPVS virtual service: a list in which newcomers come first, with the weight and the two
 * connection counters the kernel keeps of each.
 *
 * <p>Linked through arrays, since schedulers hold their place in the list while it changes around them. {@link #NONE} is
 * both the list's head, before the first, and its end, after the last.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_ctl.c and include/net/ip_vs.h.
 */
final class Destinations {

    /** No destination. */
    static final int NONE = Balancer.NONE;

    /** Index 0 is the list's head; destination d has index d + 1. */
    private int[] next = new int[8];

    private int[] previous = new int[8];
    private boolean[] present = new boolean[8];
    private int[] weight = new int[8];
    private int[] lastWeight = new int[8];
    private int[] active = new int[8];
    private int[] inactive = new int[8];
    private int size;

    int size() {
        return size;
    }

    boolean contains(int destination) {
        return destination >= 0 && destination + 1 < present.length && present[destination + 1];
    }

    int first() {
        return next[0] - 1;
    }

    /** The one after it, or {@link #NONE} after the last; after {@link #NONE} comes the first. */
    int after(int destination) {
        return next[destination + 1] - 1;
    }

    /** The one before it, or {@link #NONE} before the first. */
    int before(int destination) {
        return previous[destination + 1] - 1;
    }

    int weight(int destination) {
        return weight[destination + 1];
    }

    /** The last weight it had that was not 0. */
    int lastWeight(int destination) {
        return lastWeight[destination + 1];
    }

    /** Connections that are open. */
    int active(int destination) {
        return active[destination + 1];
    }

    /** Connections that are closed and still tracked. */
    int inactive(int destination) {
        return inactive[destination + 1];
    }

    /** What a destination has to do: an open connection counts as much as 256 closed ones. */
    int overhead(int destination) {
        return (active[destination + 1] << 8) + inactive[destination + 1];
    }

    /**
     * Puts a destination at the head.
     *
     * @throws IllegalArgumentException if it is there already or negative
     */
    void addFirst(int destination, int weight) {
        if (destination < 0 || contains(destination)) {
            throw new IllegalArgumentException("destination " + destination + " is negative or there already");
        }
        int index = destination + 1;
        ensureCapacity(index);
        int second = next[0];
        next[0] = index;
        previous[index] = 0;
        next[index] = second;
        previous[second] = index;
        present[index] = true;
        this.weight[index] = weight;
        lastWeight[index] = weight;
        active[index] = 0;
        inactive[index] = 0;
        size++;
    }

    void remove(int destination) {
        int index = indexOf(destination);
        next[previous[index]] = next[index];
        previous[next[index]] = previous[index];
        present[index] = false;
        size--;
    }

    void setWeight(int destination, int weight) {
        int index = indexOf(destination);
        this.weight[index] = weight;
        if (weight != 0) {
            lastWeight[index] = weight;
        }
    }

    void opened(int destination) {
        active[indexOf(destination)]++;
    }

    void finished(int destination) {
        int index = indexOf(destination);
        active[index]--;
        inactive[index]++;
    }

    void forgotten(int destination) {
        inactive[indexOf(destination)]--;
    }

    private int indexOf(int destination) {
        if (!contains(destination)) {
            throw new IllegalArgumentException("there is no destination " + destination);
        }
        return destination + 1;
    }

    private void ensureCapacity(int index) {
        if (index < next.length) {
            return;
        }
        int length = Math.max(index + 1, next.length * 2);
        next = Arrays.copyOf(next, length);
        previous = Arrays.copyOf(previous, length);
        present = Arrays.copyOf(present, length);
        weight = Arrays.copyOf(weight, length);
        lastWeight = Arrays.copyOf(lastWeight, length);
        active = Arrays.copyOf(active, length);
        inactive = Arrays.copyOf(inactive, length);
    }
}
