package dev.wavetank.node;

import dev.wavetank.model.Times;
import java.math.BigDecimal;

/** Durations the way Go prints them, as they stand in messages: 350ms, 1.25s, 2m40s, 1h0m0s. */
final class GoText {

    private static final long MINUTE = 60 * Times.SECOND;

    private GoText() {}

    /** A duration, cut to whole milliseconds. */
    static String duration(long nanos) {
        long millis = nanos / Times.MILLISECOND;
        if (millis < 1000) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        long minutes = nanos / MINUTE;
        String seconds = BigDecimal.valueOf(millis - minutes * 60_000, 3)
                        .stripTrailingZeros()
                        .toPlainString()
                + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }
}
