package dev.wavetank.model;

/**
 * A number, or a text such as {@code 25%}: how the API writes maxSurge, maxUnavailable, minAvailable and target ports.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/util/intstr.
 */
public sealed interface IntOrString {

    record Int(int value) implements IntOrString {
        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    record Text(String value) implements IntOrString {
        @Override
        public String toString() {
            return value;
        }
    }

    /** Which way a percentage that leaves a fraction is rounded. */
    enum Rounding {
        UP,
        DOWN
    }

    static IntOrString of(int value) {
        return new Int(value);
    }

    static IntOrString of(String value) {
        return new Text(value);
    }

    /**
     * The number itself, or the stated percentage of {@code total}.
     *
     * @throws IllegalArgumentException if it is a text that is not a whole number followed by a percent sign
     */
    default int scaledValue(int total, Rounding rounding) {
        if (this instanceof Int number) {
            return number.value();
        }
        String text = ((Text) this).value();
        if (!text.matches("[+-]?[0-9]+%")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a whole number nor a percentage such as 25%");
        }
        double share = percent(text) * (double) total / 100;
        return (int) (long) (rounding == Rounding.UP ? Math.ceil(share) : Math.floor(share));
    }

    private static long percent(String text) {
        try {
            return Long.parseLong(text.substring(0, text.length() - 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the percentage \"" + text + "\" is out of range", e);
        }
    }
}
