package dev.wavetank.autoscaling.keda;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A cron trigger: it asks for a number of replicas inside a window of time, and for none outside. The HPA's target for it is an
 * AverageValue of 1.
 *
 * <p>Source: keda pkg/scalers/cron_scaler.go.
 */
public final class CronTrigger {

    private final CronSchedule start;
    private final CronSchedule end;
    private final int desiredReplicas;

    /**
     * Makes a trigger from its metadata.
     *
     * @param timezone an IANA name such as {@code Europe/Berlin}
     * @param start cron expression for the window's beginning
     * @param end cron expression for its end, not the same text
     * @param desiredReplicas replicas asked for inside the window
     * @throws IllegalArgumentException if an expression or the zone cannot be read
     */
    public CronTrigger(String timezone, String start, String end, int desiredReplicas) {
        if (start.equals(end)) {
            throw new IllegalArgumentException("cron trigger: start and end are both '" + start + "'; let them differ");
        }
        ZoneId zone = zone(timezone);
        this.start = CronSchedule.parse(start, zone);
        this.end = CronSchedule.parse(end, zone);
        this.desiredReplicas = desiredReplicas;
    }

    /**
     * The metric at an instant: desiredReplicas inside the window, else 0. Inside means that the window ends before, or as, it
     * next begins; so its first instant is inside and its last is not. The trigger is active where the metric is not 0.
     */
    public int metric(Instant now) {
        return isInside(now) ? desiredReplicas : 0;
    }

    private boolean isInside(Instant now) {
        Instant nextStart = start.nextAfter(now);
        Instant nextEnd = end.nextAfter(now);
        return nextEnd != null && (nextStart == null || !nextEnd.isAfter(nextStart));
    }

    private static ZoneId zone(String timezone) {
        try {
            return ZoneId.of(timezone);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(
                    "cron trigger: time zone '" + timezone + "' is unknown; use an IANA name such as Europe/Berlin", e);
        }
    }
}
