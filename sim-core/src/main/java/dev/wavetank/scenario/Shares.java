package dev.wavetank.scenario;

/** Reads shares of a whole: {@code 20%} or {@code 0.2}. */
final class Shares {

    private static final double PERCENT = 100;

    private Shares() {}

    /** A share from 0 to 1. */
    static double fraction(String text) {
        double value = fractionOrMore(text);
        if (value > 1) {
            throw new IllegalArgumentException(text + " is more than the whole; give at most 100%");
        }
        return value;
    }

    /** A share that may be more than the whole. */
    static double fractionOrMore(String text) {
        String trimmed = text.trim();
        boolean percent = trimmed.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return percent ? value / PERCENT : value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a share; write 20% or 0.2");
    }
}
