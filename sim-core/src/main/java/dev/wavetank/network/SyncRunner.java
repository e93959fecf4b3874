package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/**
 * When kube-proxy rewrites the rules of its node: at once for a lone change, at most once per {@code minSyncPeriod} in a
 * burst, and every now and then without any change. Each change returns the next state; nothing here waits.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/runner/bounded_frequency_runner.go.
 */
public final class SyncRunner {

    /** No sync is due, as one is running. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * The three periods of a runner, in nanoseconds.
     *
     * @param minNanos least time between the end of a sync and the start of the next; may be 0
     * @param retryNanos when a failed sync is tried again, counted from its end
     * @param maxNanos when a sync is due though nothing changed, counted from the end of the last
     */
    public record Periods(long minNanos, long retryNanos, long maxNanos) {

        /** The defaults of iptables and nftables mode: 1 s, 30 s and 1 h. */
        public static final Periods IPTABLES =
                new Periods(NANOS_PER_SECOND, 30 * NANOS_PER_SECOND, 3600 * NANOS_PER_SECOND);

        /** The defaults of IPVS mode: no pause between syncs, and one every 30 s. */
        public static final Periods IPVS = new Periods(0, 30 * NANOS_PER_SECOND, 30 * NANOS_PER_SECOND);
    }

    /** What makes a sync due. */
    public enum Reason {
        CHANGE("Services or endpoints changed"),
        RETRY("the last sync failed"),
        PERIODIC("nothing changed for as long as a sync may stay out");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as a phrase. */
        public String text() {
            return text;
        }
    }

    private final Periods periods;

    /** The last sync failed. */
    private final boolean failed;

    private final boolean running;

    /** When a request came that no sync has taken up yet. */
    private final @Nullable Long requestedAt;

    private final long earliestStart;
    private final long unconditionalStart;

    private SyncRunner(
            Periods periods,
            boolean failed,
            boolean running,
            @Nullable Long requestedAt,
            long earliestStart,
            long unconditionalStart) {
        this.periods = periods;
        this.failed = failed;
        this.running = running;
        this.requestedAt = requestedAt;
        this.earliestStart = earliestStart;
        this.unconditionalStart = unconditionalStart;
    }

    /** A runner whose loop starts now; it does not sync before it is asked to. */
    public static SyncRunner startedAt(long now, Periods periods) {
        return new SyncRunner(periods, false, false, null, now, now + periods.maxNanos());
    }

    /** After a change that has to reach the rules; requests before the next sync collapse into one. */
    public SyncRunner requested(long now) {
        return requestedAt != null
                ? this
                : new SyncRunner(periods, failed, running, now, earliestStart, unconditionalStart);
    }

    /** When the next sync starts unless something changes before; {@link #NEVER} while one is running. */
    public long nextStart() {
        if (running) {
            return NEVER;
        }
        long trigger = requestedAt == null ? unconditionalStart : Math.min(requestedAt, unconditionalStart);
        return Math.max(trigger, earliestStart);
    }

    /** What the next sync is for. */
    public Reason reason() {
        if (requestedAt != null) {
            return Reason.CHANGE;
        }
        return failed ? Reason.RETRY : Reason.PERIODIC;
    }

    /** After the start of a sync, which takes up all requests made so far. */
    public SyncRunner started() {
        return new SyncRunner(periods, failed, true, null, earliestStart, unconditionalStart);
    }

    /**
     * After the end of a sync.
     *
     * @param success false if the rules could not be written
     */
    public SyncRunner finished(long now, boolean success) {
        long longest = success ? periods.maxNanos() : Math.min(periods.retryNanos(), periods.maxNanos());
        return new SyncRunner(periods, !success, false, requestedAt, now + periods.minNanos(), now + longest);
    }
}
