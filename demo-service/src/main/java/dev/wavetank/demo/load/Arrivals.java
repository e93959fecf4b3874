package dev.wavetank.demo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.LongStream;

/** The moments at which requests are sent, in nanoseconds since the load began, never going back. */
final class Arrivals {

    private static final double SECOND = 1e9;

    private Arrivals() {}

    /** One every 1/rate seconds, the first at once. */
    static Iterator<Long> constant(double ratePerSecond, double seconds) {
        long count = (long) Math.ceil(ratePerSecond * seconds - 1e-9);
        return LongStream.range(0, count)
                .map(i -> (long) (i / ratePerSecond * SECOND))
                .iterator();
    }

    /**
     * One moment a line, in milliseconds, empty lines left out.
     *
     * @throws IllegalArgumentException while iterating, at a line that is not a moment, or earlier than the one before
     */
    static Iterator<Long> listed(BufferedReader lines) {
        return new Iterator<>() {
            private long number;
            private double latest;
            private String next = readLine();

            @Override
            public boolean hasNext() {
                return !next.isEmpty();
            }

            @Override
            public Long next() {
                double millis = parse();
                next = readLine();
                return (long) (millis * SECOND / 1000);
            }

            private double parse() {
                try {
                    double millis = Double.parseDouble(next);
                    if (millis >= latest && Double.isFinite(millis)) {
                        latest = millis;
                        return millis;
                    }
                } catch (NumberFormatException e) {
                    // said below
                }
                throw new IllegalArgumentException("line " + number + ": \"" + next
                        + "\" is not a moment; write milliseconds since the start, not before the line above.");
            }

            private String readLine() {
                try {
                    String line = lines.readLine();
                    number++;
                    while (line != null && line.isBlank()) {
                        line = lines.readLine();
                        number++;
                    }
                    return line == null ? "" : line.trim();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
