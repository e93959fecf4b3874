package dev.wavetank.model.manifest;

import dev.wavetank.model.Times;
import dev.wavetank.model.WallClock;

/** Reads values that only the server writes. */
final class Read {

    private Read() {}

    /** A time, or {@link Times#NONE} if there is none. */
    static long time(Field field, WallClock clock) {
        return field.parsed(Times.NONE, clock::nanos);
    }

    static int count(Field field) {
        return field.integer(0, 0);
    }

    static long generation(Field field) {
        return field.longInteger(0, 0, Long.MAX_VALUE);
    }
}
