/**
 * Lays traces side by side and says, fact by fact, whether they agree: what must be equal (orders, counts, reasons), what is
 * drawn (durations, shares of traffic, failures) by a statistical test. Pure: traces in, facts out.
 * {@link dev.wavetank.live.compare.Comparison} is where to begin; each {@code …Facts} class is one kind of fact.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.live.compare;
