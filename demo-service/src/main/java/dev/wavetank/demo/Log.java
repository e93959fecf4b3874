package dev.wavetank.demo;

import dev.wavetank.demo.Settings.LogLevel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lines on standard output, which is where a container's log is; a library for it would cost a third of the start. */
record Log(LogLevel least) {

    void debug(String message) {
        write(LogLevel.DEBUG, message);
    }

    void info(String message) {
        write(LogLevel.INFO, message);
    }

    void warning(String message) {
        write(LogLevel.WARNING, message);
    }

    boolean isDebug() {
        return least == LogLevel.DEBUG;
    }

    private void write(LogLevel level, String message) {
        if (level.compareTo(least) >= 0) {
            System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + message);
        }
    }
}
