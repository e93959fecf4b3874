package dev.wavetank.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * A monotone radix queue: nothing is ever scheduled before the clock, so times need to be told apart only where they
 * differ from the present. Written in digits of 6 bits, an entry lies in the bucket of its highest digit that differs
 * from that of base, an instant that follows the clock: the level is the place of the digit, the slot its value. The
 * earliest bucket is then the lowest slot of the lowest level, found with two bit scans. When the clock gets there, base
 * moves to the bucket's start and its entries, which now agree with base in that digit, go to lower levels. Entries of
 * one instant always share a bucket, in the order in which they were added, so ties need no sequence number.
 *
 * Going down digit by digit to the nanosecond would move an entry six times or more. So a bucket with few entries is
 * sorted right away into the front, a small ring of the earliest entries, and whatever is later scheduled into the span
 * of the front is inserted there. While few events are pending at all, the front holds everything. A full front goes back
 * to the buckets. The sort counts, for each entry, how many come before it, which needs n²/2 steps but no unpredictable
 * branch; with an insertion sort, mispredictions were a quarter of the cost of an event.
 *
 * Entries are indices into arrays, linked both ways: nothing is allocated once the arrays have grown, and a timer is
 * cancelled in constant time, at once letting go of its event. poll(limit) never opens a bucket that starts after the
 * limit, so base stays at or before the clock and a peek or a pause cannot make a later add come too late, the usual bug
 * of monotone queues.
 *
 * In the hold model on the machine of benchmarks/README.md: 30 ns an event at 1,000 pending, 85 ns at 100,000.
 *
 * Rejected: heaps and balanced trees, where every level is a misprediction and often a cache miss (2 to 4 times slower);
 * calendar queues [3], fast only while their bucket width fits and rebuilt whenever it does not; the ladder queue [4],
 * the nearest relative, whose rungs adapt to the events but whose lists are not stable without a sequence number;
 * cancelling by marking, because long timeouts that are nearly always cancelled would pile up until swept.
 *
 * [1] R. K. Ahuja, K. Mehlhorn, J. B. Orlin, R. E. Tarjan: Faster Algorithms for the Shortest Path Problem. J. ACM 37(2),
 *     1990 (radix heaps).
 * [2] G. Varghese, A. Lauck: Hashed and Hierarchical Timing Wheels. SOSP 1987.
 * [3] R. Brown: Calendar Queues. Comm. ACM 31(10), 1988.
 * [4] W. T. Tang, R. S. M. Goh, I. L.-J. Thng: Ladder Queue. ACM TOMACS 15(3), 2005.
 */
/** The pending events in the order (time, order of scheduling), and the clock they move; see {@link Simulation}. */
final class EventQueue {
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = (Long.SIZE - 1 + BITS - 1) / BITS;

    /** Capacity of the front; a power of two. */
    private static final int FRONT = 64;
    /** A bucket of at most this many entries is sorted into the front. */
    private static final int SORT_AT_MOST = 32;

    /** A handle is an ever-growing number above the bits of the entry's index, so that no two are alike. */
    private static final int INDEX_BITS = 26;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int NONE = -1;

    private long now;
    private int size;
    private long lastNumber;

    // The entries. Linked both ways within a bucket; free ones are linked through next. Index 0 is left out, so that no
    // handle is 0.
    private long[] time = new long[SLOTS];
    private long[] handle = new long[SLOTS];
    private int[] next = new int[SLOTS];
    private int[] previous = new int[SLOTS];
    private @Nullable Event[] event = new @Nullable Event[SLOTS];
    private int free = NONE;
    private int used = 1;

    // The buckets, level by level, with a bit for each bucket and level that is not empty.
    private final int[] head = new int[LEVELS * SLOTS];
    private final int[] tail = new int[LEVELS * SLOTS];
    private final long[] occupiedSlots = new long[LEVELS];
    private int occupiedLevels;
    /** What the digits of the entries in buckets are compared with; at or before the clock. */
    private long base;

    // The front.
    private final long[] frontTime = new long[FRONT];
    private final int[] frontEntry = new int[FRONT];
    private int frontHead;
    private int frontSize;
    /** The end of the front's span: entries up to here are in the front, later ones in buckets. */
    private long frontLast = Long.MAX_VALUE;

    // Where a bucket is sorted.
    private final long[] unsortedTime = new long[SORT_AT_MOST];
    private final int[] unsortedEntry = new int[SORT_AT_MOST];
    private final int[] rank = new int[SORT_AT_MOST];

    EventQueue() {
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
    }

    long now() {
        return now;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds an event at an instant not before now; returns its handle. */
    long add(long at, Event what) {
        int entry = takeEntry();
        long number = ++lastNumber;
        time[entry] = at;
        handle[entry] = (number << INDEX_BITS) | entry;
        event[entry] = what;
        size++;
        if (occupiedLevels == 0) {
            frontLast = Long.MAX_VALUE;
        }
        if (at <= frontLast && frontSize == FRONT) {
            spillFront();
        }
        if (at <= frontLast) {
            insertInFront(entry, at);
        } else {
            append(entry, at);
        }
        return (number << INDEX_BITS) | entry;
    }

    /**
     * Removes the first event at or before the limit and moves the clock to it. If there is none, returns null, and the
     * caller moves the clock to the limit.
     */
    @Nullable
    Event poll(long limit) {
        while (frontSize == 0) {
            if (occupiedLevels == 0) {
                return null;
            }
            int level = Integer.numberOfTrailingZeros(occupiedLevels);
            int slot = Long.numberOfTrailingZeros(occupiedSlots[level]);
            long start = startOf(level, slot);
            if (start > limit) {
                return null;
            }
            if (level == 0) { // a single instant
                int entry = head[slot];
                unlink(slot, entry);
                now = start;
                return release(entry);
            }
            open(level, slot, start);
        }
        int first = frontHead;
        if (frontTime[first] > limit) {
            return null;
        }
        now = frontTime[first];
        frontHead = (first + 1) & (FRONT - 1);
        frontSize--;
        return release(frontEntry[first]);
    }

    /** Moves the clock on to an instant up to which everything has been polled. */
    void advanceTo(long instant) {
        now = instant;
    }

    /** Removes an event; false if the handle is not that of a pending one. */
    boolean cancel(long timer) {
        int entry = (int) timer & INDEX_MASK;
        if (entry >= used || handle[entry] != timer || event[entry] == null) {
            return false;
        }
        if (time[entry] <= frontLast) {
            removeFromFront(entry);
        } else {
            unlink(bucketOf(time[entry]), entry);
        }
        release(entry);
        return true;
    }

    /** Returns the time of the first event of a queue that is not empty. Looks through one bucket at most. */
    long nextTime() {
        if (frontSize > 0) {
            return frontTime[frontHead];
        }
        int level = Integer.numberOfTrailingZeros(occupiedLevels);
        int slot = Long.numberOfTrailingZeros(occupiedSlots[level]);
        if (level == 0) {
            return startOf(level, slot);
        }
        long first = Long.MAX_VALUE;
        for (int entry = head[level * SLOTS + slot]; entry != NONE; entry = next[entry]) {
            first = Math.min(first, time[entry]);
        }
        return first;
    }

    /** Empties the earliest bucket: into the front if it holds few entries, else into buckets of lower levels. */
    private void open(int level, int slot, long start) {
        int bucket = level * SLOTS + slot;
        int first = head[bucket];
        head[bucket] = NONE;
        tail[bucket] = NONE;
        vacate(level, slot);
        base = start;

        int count = 0;
        int entry = first;
        while (entry != NONE && count < SORT_AT_MOST) {
            unsortedTime[count] = time[entry];
            unsortedEntry[count++] = entry;
            entry = next[entry];
        }
        if (entry == NONE) {
            frontLast = start | ((1L << (level * BITS)) - 1);
            sortIntoFront(count);
        } else {
            frontLast = start - 1;
            spread(first);
        }
    }

    private void spread(int first) {
        for (int entry = first; entry != NONE; ) {
            int following = next[entry];
            append(entry, time[entry]);
            entry = following;
        }
    }

    private void sortIntoFront(int count) {
        for (int i = 0; i < count; i++) {
            int mine = i;
            for (int j = 0; j < i; j++) {
                int before = (int) ((unsortedTime[i] - unsortedTime[j]) >>> 63); // 1 if i is earlier, else 0
                rank[j] += before;
                mine -= before;
            }
            rank[i] = mine;
        }
        frontHead = 0;
        frontSize = count;
        for (int i = 0; i < count; i++) {
            frontTime[rank[i]] = unsortedTime[i];
            frontEntry[rank[i]] = unsortedEntry[i];
        }
    }

    private void insertInFront(int entry, long at) {
        int place = frontHead + frontSize++;
        while (place > frontHead && frontTime[(place - 1) & (FRONT - 1)] > at) {
            copyInFront(place - 1, place);
            place--;
        }
        frontTime[place & (FRONT - 1)] = at;
        frontEntry[place & (FRONT - 1)] = entry;
    }

    private void removeFromFront(int entry) {
        int place = frontHead;
        while (frontEntry[place & (FRONT - 1)] != entry) {
            place++;
        }
        int last = frontHead + --frontSize;
        for (; place < last; place++) {
            copyInFront(place + 1, place);
        }
    }

    private void copyInFront(int from, int to) {
        frontTime[to & (FRONT - 1)] = frontTime[from & (FRONT - 1)];
        frontEntry[to & (FRONT - 1)] = frontEntry[from & (FRONT - 1)];
    }

    private void spillFront() {
        if (occupiedLevels == 0) {
            base = now;
        }
        frontLast = base - 1;
        for (; frontSize > 0; frontSize--) {
            append(frontEntry[frontHead], frontTime[frontHead]);
            frontHead = (frontHead + 1) & (FRONT - 1);
        }
    }

    private int bucketOf(long at) {
        int highestBit = 63 - Long.numberOfLeadingZeros((at ^ base) | 1);
        int level = (highestBit * 43) >>> 8; // highestBit / 6 for 0 to 63
        return level * SLOTS + ((int) (at >>> (level * BITS)) & (SLOTS - 1));
    }

    private long startOf(int level, int slot) {
        int shift = level * BITS;
        long higherDigits = level == LEVELS - 1 ? 0 : base & (-1L << (shift + BITS));
        return higherDigits | ((long) slot << shift);
    }

    private void append(int entry, long at) {
        int bucket = bucketOf(at);
        int last = tail[bucket];
        previous[entry] = last;
        next[entry] = NONE;
        tail[bucket] = entry;
        if (last != NONE) {
            next[last] = entry;
            return;
        }
        head[bucket] = entry;
        int level = bucket / SLOTS;
        occupiedSlots[level] |= 1L << (bucket % SLOTS);
        occupiedLevels |= 1 << level;
    }

    private void unlink(int bucket, int entry) {
        int before = previous[entry];
        int after = next[entry];
        if (before == NONE) {
            head[bucket] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tail[bucket] = before;
        } else {
            previous[after] = before;
        }
        if (head[bucket] == NONE) {
            vacate(bucket / SLOTS, bucket % SLOTS);
        }
    }

    private void vacate(int level, int slot) {
        occupiedSlots[level] &= ~(1L << slot);
        if (occupiedSlots[level] == 0) {
            occupiedLevels &= ~(1 << level);
        }
    }

    private int takeEntry() {
        int entry = free;
        if (entry != NONE) {
            free = next[entry];
            return entry;
        }
        if (used == time.length) {
            grow();
        }
        return used++;
    }

    /** Gives an entry back; returns its event. */
    private @Nullable Event release(int entry) {
        Event what = event[entry];
        event[entry] = null;
        next[entry] = free;
        free = entry;
        size--;
        return what;
    }

    private void grow() {
        int capacity = used * 2;
        if (capacity > INDEX_MASK + 1) {
            throw new IllegalStateException("more than " + used + " events are pending");
        }
        time = Arrays.copyOf(time, capacity);
        handle = Arrays.copyOf(handle, capacity);
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
        event = Arrays.copyOf(event, capacity);
    }
}
