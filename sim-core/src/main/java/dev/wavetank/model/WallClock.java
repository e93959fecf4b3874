package dev.wavetank.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Says which instant of the calendar the simulation's first moment is, and so how simulated times are written and read.
 *
 * @param epochSeconds seconds from 1970-01-01T00:00:00Z to the simulation's first moment
 */
public record WallClock(long epochSeconds) {

    /** The simulation starts with the year 1970. */
    public static final WallClock FROM_1970 = new WallClock(0);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    /** The instant as metav1.Time writes it: RFC 3339 in whole seconds, UTC. */
    public String text(long nanos) {
        return Instant.ofEpochSecond(epochSeconds + Math.floorDiv(nanos, Times.SECOND))
                .toString();
    }

    /** The instant as metav1.MicroTime writes it: RFC 3339 with six decimals, UTC. */
    public String microText(long nanos) {
        return instant(nanos).atOffset(ZoneOffset.UTC).format(MICROS);
    }

    public Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                epochSeconds + Math.floorDiv(nanos, Times.SECOND), Math.floorMod(nanos, Times.SECOND));
    }

    /**
     * The simulated time of an instant of the calendar.
     *
     * @param text RFC 3339, with any offset
     * @throws IllegalArgumentException if it is not, or lies centuries away from the simulation
     */
    public long nanos(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            long seconds = Math.subtractExact(instant.getEpochSecond(), epochSeconds);
            return Math.addExact(Math.multiplyExact(seconds, Times.SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no time; write it as 2026-01-31T12:00:00Z", e);
        }
    }
}
