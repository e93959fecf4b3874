package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/**
 * Finds a value by a whole number without allocating, as a map from {@code Integer} would for every client looked up. It
 * cannot be walked, so its order can decide nothing.
 *
 * <p>Open addressing with linear probing; what follows a removed value moves up, so that no tombstones gather.
 */
final class IntMap<V> {

    private int[] keys = new int[16];
    private @Nullable Object[] values = new @Nullable Object[16];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    V get(int key) {
        return value(slot(key));
    }

    void put(int key, V value) {
        int slot = slot(key);
        if (values[slot] == null) {
            if (++size * 2 > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        values[slot] = value;
    }

    void remove(int key) {
        int hole = slot(key);
        if (values[hole] == null) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int slot = (hole + 1) & mask; values[slot] != null; slot = (slot + 1) & mask) {
            int distanceFromHome = (slot - home(keys[slot])) & mask;
            if (distanceFromHome >= ((slot - hole) & mask)) {
                keys[hole] = keys[slot];
                values[hole] = values[slot];
                hole = slot;
            }
        }
        values[hole] = null;
    }

    /** Where the key is, or where it would go. */
    private int slot(int key) {
        int slot = home(key);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private int home(int key) {
        return KernelHash.hash32(key, Integer.numberOfTrailingZeros(keys.length));
    }

    @SuppressWarnings("unchecked")
    private @Nullable V value(int slot) {
        return (V) values[slot];
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new @Nullable Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
