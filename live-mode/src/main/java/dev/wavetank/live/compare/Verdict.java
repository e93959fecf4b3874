package dev.wavetank.live.compare;

import java.util.Locale;

/** What is said about a fact. */
public enum Verdict {
    /** Equal, or no further apart than chance and tolerance explain. */
    AGREE,
    /** Neither. */
    DIFFER,
    /** One side did not record it. */
    UNKNOWN;

    /** The word tables and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
