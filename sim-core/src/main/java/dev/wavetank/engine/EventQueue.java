package dev.wavetank.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pending events in the order (time, order of scheduling), and the clock they move. */
final class EventQueue {
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = (63 + BITS - 1) / BITS;
    /** The sorted front run is kept as one more bucket. */
    private static final int FRONT = LEVELS * SLOTS;

    private static final int NIL = -1;
    /** A bucket of at most this many entries is sorted at once instead of being spread over the level below. */
    private static final int SORT_AT_MOST = 16;
    /** How far an entry may have to walk to its place in the front before the front is given back to the wheel. */
    private static final int WALK_AT_MOST = 32;

    private static final int INDEX_BITS = 26;
    private static final long FIRST_GENERATION = 1L << INDEX_BITS;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private long now;
    private int size;

    // One entry per pending event, linked both ways within its bucket. Free entries are linked through next.
    private long[] time = new long[SLOTS];
    private long[] handle = new long[SLOTS];
    private int[] next = new int[SLOTS];
    private int[] previous = new int[SLOTS];
    private @Nullable Event[] event = new @Nullable Event[SLOTS];
    private int free = NIL;
    private int used;

    private final int[] head = new int[FRONT + 1];
    private final int[] tail = new int[FRONT + 1];
    private final long[] occupiedSlots = new long[LEVELS];
    private int occupiedLevels;
    /** The instant all buckets are relative to; never later than now, nor than any entry in the wheel. */
    private long base;
    /** The last instant that belongs in the front; everything in the wheel is later. */
    private long frontLast = Long.MAX_VALUE;

    EventQueue() {
        Arrays.fill(head, NIL);
        Arrays.fill(tail, NIL);
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

    /** Adds an event at a time not before now; returns its handle. */
    long add(long at, Event what) {
        int entry = take();
        time[entry] = at;
        event[entry] = what;
        size++;
        place(entry, at);
        return handle[entry];
    }

    /** Removes the first event at or before the limit and moves the clock to it; null, and no move, if there is none. */
    @Nullable
    Event poll(long limit) {
        while (head[FRONT] == NIL) {
            if (occupiedLevels == 0) {
                return null;
            }
            int level = Integer.numberOfTrailingZeros(occupiedLevels);
            int slot = Long.numberOfTrailingZeros(occupiedSlots[level]);
            long start = startOf(level, slot);
            if (start > limit) {
                return null;
            }
            open(level, slot, start);
        }
        int first = head[FRONT];
        if (time[first] > limit) {
            return null;
        }
        now = time[first];
        Event what = event[first];
        int second = next[first];
        head[FRONT] = second;
        if (second == NIL) {
            tail[FRONT] = NIL;
        } else {
            previous[second] = NIL;
        }
        release(first);
        return what;
    }

    /** Moves the clock on; the caller has polled everything up to there. */
    void advanceTo(long instant) {
        now = instant;
    }

    /** Removes an event; false if the handle is not, or no longer, that of a pending one. */
    boolean cancel(long which) {
        int entry = (int) which & INDEX_MASK;
        if (entry >= used || handle[entry] != which || event[entry] == null) {
            return false;
        }
        unlink(entry);
        release(entry);
        return true;
    }

    /** Returns the time of the first event of a queue that is not empty. */
    long nextTime() {
        if (head[FRONT] != NIL) {
            return time[head[FRONT]];
        }
        int level = Integer.numberOfTrailingZeros(occupiedLevels);
        int slot = Long.numberOfTrailingZeros(occupiedSlots[level]);
        long first = Long.MAX_VALUE;
        for (int entry = head[level * SLOTS + slot]; entry != NIL; entry = next[entry]) {
            first = Math.min(first, time[entry]);
        }
        return first;
    }

    private void place(int entry, long at) {
        if (occupiedLevels == 0) {
            frontLast = Long.MAX_VALUE;
        }
        if (at > frontLast) {
            append(bucketOf(at), entry);
            return;
        }
        int before = tail[FRONT];
        for (int steps = 0; before != NIL && time[before] > at; steps++) {
            if (steps == WALK_AT_MOST) {
                spillFront();
                append(bucketOf(at), entry);
                return;
            }
            before = previous[before];
        }
        insertInFront(entry, before);
    }

    private void insertInFront(int entry, int before) {
        int after = before == NIL ? head[FRONT] : next[before];
        previous[entry] = before;
        next[entry] = after;
        if (before == NIL) {
            head[FRONT] = entry;
        } else {
            next[before] = entry;
        }
        if (after == NIL) {
            tail[FRONT] = entry;
        } else {
            previous[after] = entry;
        }
    }

    private void spillFront() {
        if (occupiedLevels == 0) {
            base = now;
        }
        frontLast = base - 1;
        int entry = head[FRONT];
        head[FRONT] = NIL;
        tail[FRONT] = NIL;
        spread(entry);
    }

    private void spread(int first) {
        for (int entry = first; entry != NIL; ) {
            int following = next[entry];
            append(bucketOf(time[entry]), entry);
            entry = following;
        }
    }

    private void open(int level, int slot, long start) {
        int bucket = level * SLOTS + slot;
        int first = head[bucket];
        int last = tail[bucket];
        head[bucket] = NIL;
        tail[bucket] = NIL;
        vacate(bucket);
        base = start;
        frontLast = start | ((1L << (level * BITS)) - 1);
        if (level == 0) {
            head[FRONT] = first;
            tail[FRONT] = last;
        } else if (isShort(first)) {
            for (int entry = first; entry != NIL; ) {
                int following = next[entry];
                int before = tail[FRONT];
                while (before != NIL && time[before] > time[entry]) {
                    before = previous[before];
                }
                insertInFront(entry, before);
                entry = following;
            }
        } else {
            frontLast = base - 1;
            spread(first);
        }
    }

    private boolean isShort(int first) {
        int entry = first;
        for (int count = 0; count < SORT_AT_MOST; count++) {
            entry = next[entry];
            if (entry == NIL) {
                return true;
            }
        }
        return false;
    }

    /** The bucket of a time: its level is the highest digit in which it differs from base, its slot that digit. */
    private int bucketOf(long at) {
        int level = (63 - Long.numberOfLeadingZeros((at ^ base) | 1)) / BITS;
        return level * SLOTS + ((int) (at >>> (level * BITS)) & (SLOTS - 1));
    }

    private long startOf(int level, int slot) {
        int shift = level * BITS;
        long above = shift + BITS > 63 ? 0 : base & (-1L << (shift + BITS));
        return above | ((long) slot << shift);
    }

    private void append(int bucket, int entry) {
        int last = tail[bucket];
        previous[entry] = last;
        next[entry] = NIL;
        tail[bucket] = entry;
        if (last != NIL) {
            next[last] = entry;
            return;
        }
        head[bucket] = entry;
        int level = bucket >> BITS;
        occupiedSlots[level] |= 1L << bucket;
        occupiedLevels |= 1 << level;
    }

    private void vacate(int bucket) {
        int level = bucket >> BITS;
        occupiedSlots[level] &= ~(1L << bucket);
        if (occupiedSlots[level] == 0) {
            occupiedLevels &= ~(1 << level);
        }
    }

    private void unlink(int entry) {
        int bucket = time[entry] <= frontLast ? FRONT : bucketOf(time[entry]);
        int before = previous[entry];
        int after = next[entry];
        if (before == NIL) {
            head[bucket] = after;
        } else {
            next[before] = after;
        }
        if (after == NIL) {
            tail[bucket] = before;
        } else {
            previous[after] = before;
        }
        if (bucket != FRONT && head[bucket] == NIL) {
            vacate(bucket);
        }
    }

    private int take() {
        int entry = free;
        if (entry != NIL) {
            free = next[entry];
            return entry;
        }
        if (used == time.length) {
            grow();
        }
        entry = used++;
        handle[entry] = FIRST_GENERATION | entry;
        return entry;
    }

    /** Gives the entry back with its next generation, which no one holds a handle of. */
    private void release(int entry) {
        event[entry] = null;
        handle[entry] += FIRST_GENERATION;
        next[entry] = free;
        free = entry;
        size--;
    }

    private void grow() {
        if (used > INDEX_MASK) {
            throw new IllegalStateException("more than " + used + " events are pending");
        }
        int capacity = used * 2;
        time = Arrays.copyOf(time, capacity);
        handle = Arrays.copyOf(handle, capacity);
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
        event = Arrays.copyOf(event, capacity);
    }
}
