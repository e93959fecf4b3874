package dev.wavetank.http.host;

import java.time.Instant;

/**
 * Where a hosted cluster's clock stands.
 *
 * @param nowNanos virtual time since the cluster was built
 * @param date what the cluster takes for the date
 * @param paused true while time stands still
 * @param hurrying true while an advance, a step or a settling is under way
 * @param settled true if every workload is what it should be
 * @param factor virtual seconds a real second that were really reached of late; 0 while paused
 * @param events how many events have fired
 */
public record ClockState(
        long nowNanos,
        Instant date,
        Speed speed,
        boolean paused,
        boolean hurrying,
        boolean settled,
        double factor,
        long events) {}
