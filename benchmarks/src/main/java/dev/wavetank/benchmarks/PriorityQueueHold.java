package dev.wavetank.benchmarks;

import java.util.PriorityQueue;

/** The hold model on a {@link PriorityQueue}, which keeps no order of its own among equals, so a sequence breaks ties. */
final class PriorityQueueHold implements HoldModel {
    private static final class Entry implements Comparable<Entry> {
        long time;
        long sequence;

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final Delays delays;
    private long sequence;

    PriorityQueueHold(Delays delays, int pending) {
        this.delays = delays;
        for (int i = 0; i < pending; i++) {
            schedule(0, new Entry());
        }
    }

    private void schedule(long now, Entry entry) {
        entry.time = now + delays.nextNanos();
        entry.sequence = sequence++;
        queue.add(entry);
    }

    @Override
    public void run(int events) {
        for (int i = 0; i < events; i++) {
            Entry first = queue.remove();
            schedule(first.time, first);
        }
    }
}
