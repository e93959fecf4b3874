package dev.wavetank.live.compare;

import org.jspecify.annotations.Nullable;

/**
 * One thing both sides show, and whether they agree about it.
 *
 * @param topic what kind of fact it is
 * @param name what it is about
 * @param a what the first side shows, for people
 * @param b what the second shows
 * @param pValue how often two samples of one and the same distribution would lie at least that far apart; null for facts
 *     that are not drawn
 */
public record Fact(
        Topic topic,
        String name,
        String a,
        String b,
        Verdict verdict,
        @Nullable Double pValue) {

    /** Kinds of facts, in the order in which they are shown. */
    public enum Topic {
        ORDER("order and number"),
        EVENTS("events"),
        TIMING("timing"),
        TRAFFIC("traffic"),
        ERRORS("errors");

        private final String title;

        Topic(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
