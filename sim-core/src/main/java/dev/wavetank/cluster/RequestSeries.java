package dev.wavetank.cluster;

import dev.wavetank.network.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How requests went over time, client by client: spans of a tenth of a second at first, and half as many of twice the length
 * whenever there are too many.
 */
public final class RequestSeries {

    /** What ended in a span, and what was sent in it. */
    public static final class Span {
        private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
        private final Histogram latencyMicros = new Histogram(SIGNIFICANT_DIGITS);
        private long sent;

        /** Requests that were sent in the span and have ended since. */
        public long sent() {
            return sent;
        }

        public long answered() {
            return latencyMicros.getTotalCount();
        }

        /** Failed requests by kind; kinds that did not occur are left out. */
        public Map<Failure, Long> failures() {
            return Collections.unmodifiableMap(failures);
        }

        /** Latency of the answered ones, in microseconds. */
        public Histogram latencyMicros() {
            return latencyMicros;
        }

        /** Takes in what another span counted. */
        public void add(Span other) {
            sent += other.sent;
            latencyMicros.add(other.latencyMicros);
            other.failures.forEach((failure, count) -> failures.merge(failure, count, Long::sum));
        }
    }

    private static final int MOST_SPANS = 480;
    private static final int SIGNIFICANT_DIGITS = 2;
    private static final long FIRST_SPAN_NANOS = 100_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<String, List<Span>> spansByClient = new TreeMap<>();
    private long spanNanos = FIRST_SPAN_NANOS;

    RequestSeries() {}

    /** The length of a span, in nanoseconds. */
    public long spanNanos() {
        return spanNanos;
    }

    /** The spans of a client, from the beginning on; those after the last end of a request are left out. */
    public List<Span> spansOf(String client) {
        return Collections.unmodifiableList(spansByClient.getOrDefault(client, List.of()));
    }

    /** Counts a request that has ended; times are nanoseconds since the beginning. */
    void add(String client, long sentAt, long endedAt, @Nullable Failure failure) {
        List<Span> spans = spansByClient.computeIfAbsent(client, unused -> new ArrayList<>());
        Span ended = at(spans, endedAt);
        if (failure == null) {
            ended.latencyMicros.recordValue((endedAt - sentAt) / NANOS_PER_MICRO);
        } else {
            ended.failures.merge(failure, 1L, Long::sum);
        }
        at(spans, sentAt).sent++;
    }

    private Span at(List<Span> spans, long at) {
        while (at / spanNanos >= MOST_SPANS) {
            spansByClient.values().forEach(RequestSeries::halve);
            spanNanos *= 2;
        }
        int index = (int) (at / spanNanos);
        while (spans.size() <= index) {
            spans.add(new Span());
        }
        return spans.get(index);
    }

    private static void halve(List<Span> spans) {
        int pairs = (spans.size() + 1) / 2;
        for (int i = 0; i < pairs; i++) {
            Span first = spans.get(2 * i);
            if (2 * i + 1 < spans.size()) {
                first.add(spans.get(2 * i + 1));
            }
            spans.set(i, first);
        }
        spans.subList(pairs, spans.size()).clear();
    }
}
