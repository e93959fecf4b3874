package dev.wavetank.model;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Thins out the events of one component before they reach the API: repeated ones raise a count, many similar ones become
 * one, and of what is left a flood is dropped. So on a real cluster counting events is not counting what happened: scaling
 * from 1 pod to 100 leaves 10 SuccessfulCreate, and back again no SuccessfulDelete at all.
 *
 * <p>One per component; it remembers what it has seen and so changes with every event.
 *
 * <p>It keeps the {@value #KEYS} keys used last, of each of its three memories.
 *
 * <p>Differs from Kubernetes: where a real client lets go of an arbitrary message to keep its set of them small, this lets
 * go of the oldest.
 *
 * <p>Source: kubernetes 1.36 client-go tools/record/events_cache.go.
 */
public final class EventCorrelator {

    /** From this many distinct messages on, similar events are combined. */
    static final int MAX_SIMILAR_EVENTS = 10;

    /** After so long without a similar event, counting them starts anew. */
    static final long SIMILARITY_WINDOW = 600 * Times.SECOND;

    /** Events about one object that may come at once. */
    static final int SPAM_BURST = 25;

    /** Time after which one more may come. */
    static final long SPAM_REFILL = 300 * Times.SECOND;

    /** How many keys are remembered. */
    static final int KEYS = 4096;

    private static final String COMBINED = "(combined from similar events): ";

    /** What becomes of an event. */
    public enum Verdict {
        /** A new Event object. */
        CREATE,
        /** The Event object of the same identity is rewritten with the count and message given. */
        REWRITE,
        /** Nothing reaches the API. */
        DROP
    }

    /**
     * Tells one Event object from another.
     *
     * @param message empty for the one into which similar events are combined
     */
    public record Identity(ObjectKey regarding, String fieldPath, String type, String reason, String message) {}

    /**
     * The answer for one event.
     *
     * @param identity the Event object it belongs to
     * @param message what that object is to say
     * @param count how often it has happened, dropped ones included
     */
    public record Correlation(Verdict verdict, Identity identity, String message, int count) {}

    private record Subject(ObjectKey regarding, String type) {}

    /** The messages of similar events, the one seen first in front. */
    private static final class Similar {
        private final Set<String> messages = new LinkedHashSet<>();
        private long last = Times.NONE;
    }

    /** Forgets what was not used for longest. */
    @SuppressWarnings("serial") // nobody writes it anywhere
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEYS;
        }
    }

    private final Map<Identity, Similar> similar = new Recent<>();
    private final Map<Identity, Integer> counts = new Recent<>();
    /** The instant up to which a subject's bucket is used up; see {@link #isSpam}. */
    private final Map<Subject, Long> usedUpTo = new Recent<>();

    /** Decides on one event that happens at {@code now}. */
    public Correlation correlate(
            ObjectKey regarding, String fieldPath, String type, String reason, String message, long now) {
        Identity group = new Identity(regarding, fieldPath, type, reason, "");
        boolean combined = isOneTooMany(group, message, now);
        Identity identity = combined ? group : new Identity(regarding, fieldPath, type, reason, message);
        int count = counts.merge(identity, 1, Integer::sum);
        Verdict verdict = isSpam(new Subject(regarding, type), now)
                ? Verdict.DROP
                : count == 1 ? Verdict.CREATE : Verdict.REWRITE;
        return new Correlation(verdict, identity, combined ? COMBINED + message : message, count);
    }

    private boolean isOneTooMany(Identity group, String message, long now) {
        Similar known = similar.computeIfAbsent(group, key -> new Similar());
        if (Times.isSet(known.last) && now - known.last > SIMILARITY_WINDOW) {
            known.messages.clear();
        }
        known.last = now;
        known.messages.add(message);
        if (known.messages.size() < MAX_SIMILAR_EVENTS) {
            return false;
        }
        Iterator<String> oldest = known.messages.iterator();
        oldest.next();
        oldest.remove();
        return true;
    }

    /** A token bucket that starts full, told as the instant at which it would be full again. */
    private boolean isSpam(Subject subject, long now) {
        long full = Math.max(now, usedUpTo.getOrDefault(subject, Long.MIN_VALUE));
        if (full - now > (SPAM_BURST - 1) * SPAM_REFILL) {
            return true;
        }
        usedUpTo.put(subject, full + SPAM_REFILL);
        return false;
    }
}
