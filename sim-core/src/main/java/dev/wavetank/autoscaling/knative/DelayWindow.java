package dev.wavetank.autoscaling.knative;

import java.util.Map;
import java.util.TreeMap;

/**
 * The highest of the values recorded within a delay, in slots of 2 seconds counted from 1970. Mutable, owned by one KPA.
 *
 * <p>Source: knative serving pkg/autoscaler/aggregation/max.
 */
final class DelayWindow {

    private static final long SLOT_NANOS = 2_000_000_000;

    private final long slots;
    private final TreeMap<Long, Integer> highestBySlot = new TreeMap<>();

    DelayWindow(long delayNanos) {
        this.slots = (delayNanos + SLOT_NANOS - 1) / SLOT_NANOS;
    }

    /** Records a value and returns the highest that is not older than the delay, itself included. */
    int highestWith(long nowNanos, int value) {
        long slot = Math.floorDiv(nowNanos, SLOT_NANOS);
        highestBySlot.merge(slot, value, Math::max);
        highestBySlot.headMap(slot - slots, true).clear();
        int highest = value;
        for (Map.Entry<Long, Integer> entry : highestBySlot.entrySet()) {
            highest = Math.max(highest, entry.getValue());
        }
        return highest;
    }
}
