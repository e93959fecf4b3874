package dev.wavetank.report;

import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Numbers {

    private Numbers() {}

    /** Seconds with three decimals, such as {@code 12.046}. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%d.%03d", nanos / 1_000_000_000, nanos / 1_000_000 % 1_000);
    }

    /** Milliseconds with a precision that suits their size: 0.31 ms, 4.2 ms, 123 ms, 2.50 s. */
    static String latency(long nanos) {
        double millis = nanos / 1e6;
        if (millis < 1) {
            return String.format(Locale.ROOT, "%.2f ms", millis);
        }
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.2f s", millis / 1_000);
    }

    /** A count with a comma between thousands. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
