package dev.wavetank.report.metrics;

import dev.wavetank.network.Traffic;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Labels;
import org.HdrHistogram.Histogram;

/** What became of a client's requests. */
final class TrafficMetrics {

    /** Upper bounds in seconds: Prometheus' defaults, and further up to where clients lose patience. */
    private static final double[] BOUNDS = {
        .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10, 30, Double.POSITIVE_INFINITY
    };

    private static final double NANOS_PER_SECOND = 1e9;

    private TrafficMetrics() {}

    static void add(Traffic traffic, Families families, Labels extra) {
        Labels client = extra.merge(Labels.of("client", traffic.client()));
        String requests = "wavetank_requests";
        String what = "Requests that have ended, by what became of them.";
        families.counter(requests, what, traffic.answered(), client.merge(Labels.of("outcome", "answered")));
        traffic.failures()
                .forEach((failure, count) ->
                        families.counter(requests, what, count, client.merge(Labels.of("outcome", failure.text()))));
        families.counter("wavetank_requests_sent", "Requests sent.", traffic.sent(), client);
        families.gauge("wavetank_requests_in_flight", "Requests under way.", traffic.inFlight(), client);
        families.counter("wavetank_connections", "Connections opened.", traffic.connections(), client);
        families.counter("wavetank_retries", "Attempts beyond the first of each request.", traffic.retries(), client);
        traffic.answeredByPod()
                .forEach((pod, count) -> families.counter(
                        "wavetank_answers",
                        "Answers by the pod they came from.",
                        count,
                        client.merge(Labels.of("pod", pod))));
        Histogram latency = traffic.latency();
        families.histogram(
                "wavetank_request_duration_seconds",
                "Latency of answered requests, retries included.",
                buckets(latency),
                latency.getMean() * latency.getTotalCount() / NANOS_PER_SECOND,
                client);
    }

    private static ClassicHistogramBuckets buckets(Histogram latency) {
        long[] counts = new long[BOUNDS.length];
        long below = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            boolean last = i == BOUNDS.length - 1;
            long upTo = last
                    ? latency.getTotalCount()
                    : latency.getCountBetweenValues(0, (long) (BOUNDS[i] * NANOS_PER_SECOND));
            counts[i] = upTo - below;
            below = upTo;
        }
        return ClassicHistogramBuckets.of(BOUNDS, counts);
    }
}
