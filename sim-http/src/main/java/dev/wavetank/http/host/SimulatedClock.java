package dev.wavetank.http.host;

import java.time.Instant;

/**
 * Which date a hosted cluster's virtual time stands for. The mapping never changes while a cluster is hosted, so that a
 * timestamp, once told, stays; at another speed than real time the cluster's date therefore parts from the wall's.
 *
 * @param epoch the date at virtual time 0
 */
public record SimulatedClock(Instant epoch) {

    /** A clock that shows {@code date} at virtual time {@code nanos}. */
    public static SimulatedClock showing(Instant date, long nanos) {
        return new SimulatedClock(date.minusNanos(nanos));
    }

    /** The date at a virtual time in nanoseconds. */
    public Instant at(long nanos) {
        return epoch.plusNanos(nanos);
    }

    /** The virtual time in nanoseconds at a date; negative before the cluster began. */
    public long nanosAt(Instant date) {
        return Math.addExact(
                Math.multiplyExact(date.getEpochSecond() - epoch.getEpochSecond(), 1_000_000_000L),
                date.getNano() - (long) epoch.getNano());
    }
}
