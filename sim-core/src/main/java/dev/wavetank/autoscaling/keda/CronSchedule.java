package dev.wavetank.autoscaling.keda;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields (minute, hour, day of month, month, day of week) in a time zone.
 *
 * <p>Each field is a list of {@code *}, {@code n}, {@code a-b}, any of them with {@code /step}; months and days of the week may
 * be named, Sunday is 0. If neither day field is a star, a day that matches either will do. An instant that a daylight-saving
 * change skips is not made up for.
 *
 * <p>Source: the dialect of robfig/cron 3, which keda pkg/scalers/cron_scaler.go uses.
 */
public final class CronSchedule {

    private static final int FIELDS = 5;
    private static final int YEARS_TO_SEARCH = 5;
    private static final Splitter BETWEEN_FIELDS =
            Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final Field minutes;
    private final Field hours;
    private final Field daysOfMonth;
    private final Field months;
    private final Field daysOfWeek;
    private final ZoneId zone;

    /** The values a field allows, bit n for n; a star also says that the other day field alone decides. */
    private record Field(long allowed, boolean star) {

        boolean matches(int value) {
            return (allowed & (1L << value)) != 0;
        }
    }

    private CronSchedule(List<Field> fields, ZoneId zone) {
        this.minutes = fields.get(0);
        this.hours = fields.get(1);
        this.daysOfMonth = fields.get(2);
        this.months = fields.get(3);
        this.daysOfWeek = fields.get(4);
        this.zone = zone;
    }

    /**
     * Reads an expression.
     *
     * @param expression for instance {@code 30 8 * * MON-FRI}
     * @param zone in which it is meant
     * @throws IllegalArgumentException if it is not such an expression; the message names the field
     */
    public static CronSchedule parse(String expression, ZoneId zone) {
        List<String> texts = BETWEEN_FIELDS.splitToList(expression.trim());
        if (texts.size() != FIELDS) {
            throw new IllegalArgumentException("cron expression '" + expression + "' has " + texts.size()
                    + " fields; write minute hour day-of-month month day-of-week");
        }
        return new CronSchedule(
                List.of(
                        field("minute", texts.get(0), 0, 59, List.of()),
                        field("hour", texts.get(1), 0, 23, List.of()),
                        field("day-of-month", texts.get(2), 1, 31, List.of()),
                        field("month", texts.get(3), 1, 12, MONTHS),
                        field("day-of-week", texts.get(4), 0, 6, DAYS)),
                zone);
    }

    /** The first matching instant strictly after the given one, or null if there is none within five years. */
    public @Nullable Instant nextAfter(Instant instant) {
        ZonedDateTime time =
                instant.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = time.getYear() + YEARS_TO_SEARCH;
        while (time.getYear() <= lastYear) {
            if (!months.matches(time.getMonthValue())) {
                time = startOf(time.toLocalDate().withDayOfMonth(1).plusMonths(1));
            } else if (!matchesDay(time.toLocalDate())) {
                time = startOf(time.toLocalDate().plusDays(1));
            } else if (!hours.matches(time.getHour())) {
                time = time.plusHours(1).truncatedTo(ChronoUnit.HOURS);
            } else if (!minutes.matches(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        return null;
    }

    private ZonedDateTime startOf(LocalDate day) {
        return day.atStartOfDay(zone);
    }

    private boolean matchesDay(LocalDate day) {
        boolean ofMonth = daysOfMonth.matches(day.getDayOfMonth());
        boolean ofWeek = daysOfWeek.matches(day.getDayOfWeek().getValue() % 7);
        if (daysOfMonth.star() || daysOfWeek.star()) {
            return ofMonth && ofWeek;
        }
        return ofMonth || ofWeek;
    }

    private static Field field(String name, String text, int min, int max, List<String> names) {
        long allowed = 0;
        boolean star = false;
        for (String part : Splitter.on(',').split(text)) {
            List<String> rangeAndStep = Splitter.on('/').splitToList(part);
            String range = rangeAndStep.get(0);
            boolean wholeRange = range.equals("*") || range.equals("?");
            boolean hasStep = rangeAndStep.size() > 1;
            List<String> ends = wholeRange ? List.of() : Splitter.on('-').splitToList(range);
            if (rangeAndStep.size() > 2 || ends.size() > 2) {
                throw malformed(name, text, min, max);
            }
            int from = wholeRange ? min : number(name, text, ends.get(0), min, max, names);
            int to = from;
            if (wholeRange || (ends.size() == 1 && hasStep)) {
                to = max;
            } else if (ends.size() == 2) {
                to = number(name, text, ends.get(1), min, max, names);
            }
            int step = hasStep ? number(name, text, rangeAndStep.get(1), 1, Integer.MAX_VALUE, List.of()) : 1;
            if (from > to) {
                throw malformed(name, text, min, max);
            }
            for (long value = from; value <= to; value += step) {
                allowed |= 1L << value;
            }
            star |= wholeRange && step == 1;
        }
        return new Field(allowed, star);
    }

    private static int number(String name, String text, String part, int min, int max, List<String> names) {
        int named = names.indexOf(part.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return min + named;
        }
        try {
            int number = Integer.parseInt(part);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw malformed(name, text, min, max);
        }
        throw malformed(name, text, min, max);
    }

    private static IllegalArgumentException malformed(String name, String text, int min, int max) {
        return new IllegalArgumentException("cron field " + name + " is '" + text + "'; write numbers from " + min
                + " to " + max + ", as *, n, a-b, with /step, or lists of them");
    }
}
