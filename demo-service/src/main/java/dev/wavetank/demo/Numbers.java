package dev.wavetank.demo;

import org.jspecify.annotations.Nullable;

/** Numbers as people write them into settings and queries. */
final class Numbers {

    private Numbers() {}

    /**
     * A number of 0 or more.
     *
     * @param name what the number is called, for the message
     * @param text null or blank if nobody gave one
     * @param cure what to write instead of something else
     * @throws IllegalArgumentException if the text is none
     */
    static double zeroOrMore(String name, @Nullable String text, double otherwise, String cure) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " is \"" + text + "\"; write " + cure);
    }
}
