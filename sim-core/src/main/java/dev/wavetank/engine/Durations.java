package dev.wavetank.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them, such as {@code 500ms}, {@code 1.5s}, {@code 2m30s} or {@code 1h}, to and from
 * nanoseconds.
 *
 * <p>The notation is Go's, which Kubernetes uses too: h, m, s, ms, us (or µs) and ns, larger units first, and a bare 0.
 */
public final class Durations {
    private record Unit(String symbol, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("h", 3_600_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L),
            new Unit("us", 1_000L),
            new Unit("ns", 1L));

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?|\\.\\d+)(h|ms|m|s|us|[µμ]s|ns)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /**
     * Reads a duration of at least 0.
     *
     * @return nanoseconds
     * @throws IllegalArgumentException with a message for the user, if it is no duration, is negative, is longer than
     *     {@link Long#MAX_VALUE} ns (292 years) or has a fraction of a nanosecond
     */
    public static long parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("-") && !trimmed.equals("-")) {
            long nanos = magnitude(text, trimmed.substring(1));
            if (nanos != 0) {
                throw new IllegalArgumentException("\"" + text + "\" is negative; a duration here is at least 0");
            }
        }
        return magnitude(text, trimmed);
    }

    /** Reads a duration that may be negative, such as {@code -1.5s}; otherwise as {@link #parse}. */
    public static long parseSigned(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("-") ? -magnitude(text, trimmed.substring(1)) : magnitude(text, trimmed);
    }

    private static long magnitude(String text, String unsigned) {
        if (unsigned.equals("0")) {
            return 0;
        }
        BigDecimal total = BigDecimal.ZERO;
        long previousUnit = Long.MAX_VALUE;
        Matcher part = PART.matcher(unsigned);
        int end = 0;
        while (end < unsigned.length() && part.find(end) && part.start() == end) {
            long unit = nanosOf(part.group(2));
            if (unit >= previousUnit) {
                throw notADuration(text);
            }
            total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            previousUnit = unit;
            end = part.end();
        }
        if (end == 0 || end < unsigned.length()) {
            throw notADuration(text);
        }
        if (total.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too long; at most 292 years (2562047h) fit");
        }
        if (total.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is finer than a nanosecond, the smallest unit of time");
        }
        return total.longValueExact();
    }

    private static long nanosOf(String symbol) {
        for (Unit unit : UNITS) {
            if (unit.symbol.equals(symbol)) {
                return unit.nanos;
            }
        }
        return 1_000; // the two characters that look like the Greek mu
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a duration; write a number with a unit, such as 500ms, 5s, 2m30s or 1h");
    }

    /**
     * Writes a duration in its shortest usual form: hours, minutes and seconds from one second up, else the largest unit
     * that leaves a number of at least 1. {@link #parseSigned} reads it back exactly.
     */
    public static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        BigDecimal rest = BigDecimal.valueOf(nanos).abs();
        if (nanos < 0) {
            text.append('-');
        }
        for (Unit unit : UNITS) {
            BigDecimal size = BigDecimal.valueOf(unit.nanos);
            if (rest.compareTo(size) < 0) {
                continue;
            }
            if (unit.nanos > 1_000_000_000L) {
                BigDecimal[] parts = rest.divideAndRemainder(size);
                text.append(parts[0].toBigInteger()).append(unit.symbol);
                rest = parts[1];
            } else {
                text.append(rest.divide(size).stripTrailingZeros().toPlainString())
                        .append(unit.symbol);
                break;
            }
        }
        return text.toString();
    }
}
