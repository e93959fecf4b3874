package dev.wavetank.http.host;

import java.util.Locale;

/**
 * How fast a hosted cluster's clock goes, in virtual seconds a real second.
 *
 * @param text as the user wrote it
 * @param underWay the factor while something is under way; above 0
 * @param atRest the factor while the cluster is settled; above 0
 */
public record Speed(String text, double underWay, double atRest) {

    /**
     * "As fast as it goes", held to almost three hours a second: a cluster left alone at a higher pace would reach the end
     * of a 64-bit count of nanoseconds within a working day.
     */
    private static final double UNBOUNDED = 10_000;

    private static final double LOWEST = 0.001;

    /** One second takes a second. */
    public static final Speed REALTIME = new Speed("realtime", 1, 1);

    /** Goes on to the next event at once, whenever no request waits for its answer. */
    public static final Speed MAX = new Speed("max", UNBOUNDED, UNBOUNDED);

    /** As fast as it goes while the cluster is on its way to what it should be, and in real time once it is settled. */
    public static final Speed SETTLE = new Speed("settle", UNBOUNDED, 1);

    public Speed {
        if (!(underWay > 0) || !(atRest > 0)) {
            throw new IllegalArgumentException("a speed must be above 0, not " + underWay + " and " + atRest);
        }
    }

    /** A multiple of real time. */
    public static Speed times(double factor) {
        return new Speed(
                String.format(Locale.ROOT, factor == Math.rint(factor) ? "%.0fx" : "%sx", factor), factor, factor);
    }

    /**
     * Reads {@code realtime}, a multiple such as {@code 10x} or {@code 0.5x}, {@code max} (also {@code max-when-idle}) or
     * {@code settle}.
     *
     * @throws IllegalArgumentException if it is none of these; the message says what to write
     */
    public static Speed parse(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        Speed named = switch (lower) {
            case "realtime", "1x" -> REALTIME;
            case "max", "max-when-idle" -> MAX;
            case "settle" -> SETTLE;
            default -> null;
        };
        if (named != null) {
            return named;
        }
        if (lower.matches("[0-9]{1,9}(\\.[0-9]{1,9})?x")) {
            double factor = Double.parseDouble(lower.substring(0, lower.length() - 1));
            if (factor >= LOWEST && factor <= UNBOUNDED) {
                return new Speed(lower, factor, factor);
            }
            throw new IllegalArgumentException(
                    "\"" + text + "\" is out of range; a multiple goes from 0.001x to 10000x");
        }
        throw new IllegalArgumentException(
                "\"" + text
                        + "\" is not a speed; write realtime, a multiple such as 10x, max, or settle (max until all is settled)");
    }

    /** True if it matters whether the cluster is settled. */
    boolean dependsOnRest() {
        return underWay != atRest;
    }
}
