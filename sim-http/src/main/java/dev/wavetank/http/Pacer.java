package dev.wavetank.http;

import dev.wavetank.scenario.ScenarioRunner.Pace;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Ties virtual time to the clock on the wall: the one place where a simulation waits. */
public final class Pacer implements Pace {

    private final double speed;
    private final long startedAt = System.nanoTime();

    /**
     * A pacer that starts now.
     *
     * @param speed virtual seconds a real second; above 0
     */
    public Pacer(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("a speed must be above 0, not " + speed);
        }
        this.speed = speed;
    }

    /**
     * The pace a user asks for: {@code max}, {@code realtime}, or a multiple such as {@code 10x}.
     *
     * @throws IllegalArgumentException if it is none of these; the message says what to write
     */
    public static Pace parse(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        if (lower.equals("max")) {
            return Pace.FULL_SPEED;
        }
        if (lower.equals("realtime")) {
            return new Pacer(1);
        }
        if (lower.matches("[0-9]+(\\.[0-9]+)?x") && Double.parseDouble(lower.replace("x", "")) > 0) {
            return new Pacer(Double.parseDouble(lower.replace("x", "")));
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a speed; write max, realtime, or a multiple such as 10x");
    }

    @Override
    public void before(long virtualNanos) {
        long due = startedAt + (long) (virtualNanos / speed);
        long wait = due - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = due - System.nanoTime();
        }
    }
}
