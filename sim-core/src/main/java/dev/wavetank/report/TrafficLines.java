package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.RequestSeries;
import dev.wavetank.cluster.RequestSeries.Span;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Shares;
import dev.wavetank.network.Traffic;
import dev.wavetank.network.TrafficSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** A client's account, and how its requests went over time. */
final class TrafficLines {

    private static final int MOST_POINTS = 240;
    private static final int FEWEST_POINTS = 24;

    /** With fewer requests to a point rates and percentiles jump about. */
    private static final int ENOUGH_PER_POINT = 20;

    private static final int MOST_PODS = 300;
    private static final double SHARE_PRECISION = 1e5;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private TrafficLines() {}

    static void write(Traffic traffic, History history, long untilNanos, ObjectNode node) {
        account(traffic, node);
        overTime(traffic, history.series(), untilNanos, node);
        inFlight(traffic, history, node);
        perPod(traffic, history, node);
    }

    private static void account(Traffic traffic, ObjectNode node) {
        node.put("name", traffic.client());
        node.put("sent", traffic.sent());
        node.put("answered", traffic.answered());
        node.put("failed", traffic.failed());
        node.put("inFlight", traffic.inFlight());
        node.put("retries", traffic.retries());
        node.put("connections", traffic.connections());
        Steps.add(node.putArray("throughput"), traffic.throughput());
        ObjectNode failures = node.putObject("failures");
        traffic.failures().forEach((failure, count) -> failures.put(failure.text(), count));
        if (traffic.answered() > 0) {
            Histogram latency = traffic.latency();
            ArrayNode percentiles = node.putArray("latency");
            for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
                Steps.add(percentiles, latency.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
            }
        }
    }

    private static void overTime(Traffic traffic, RequestSeries series, long untilNanos, ObjectNode node) {
        List<Span> spans = series.spansOf(traffic.client());
        int total = (int) Math.max(1, (untilNanos + series.spanNanos() - 1) / series.spanNanos());
        long ended = traffic.answered() + traffic.failed();
        long wanted = Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, ended / ENOUGH_PER_POINT));
        int together = (int) Math.max(1, (total + wanted - 1) / wanted);
        Set<Failure> kinds = new LinkedHashSet<>(traffic.failures().keySet());
        double seconds = together * series.spanNanos() / NANOS_PER_SECOND;
        Steps.add(node.putArray("span"), seconds);
        ArrayNode times = node.putArray("t");
        ArrayNode answered = node.putArray("answers");
        ArrayNode sent = node.putArray("sends");
        ObjectNode errors = node.putObject("errors");
        kinds.forEach(kind -> errors.putArray(kind.text()));
        ObjectNode latency = node.putObject("latencies");
        List.of("p50", "p90", "p99", "max").forEach(latency::putArray);
        for (int from = 0; from < total; from += together) {
            Span point = new Span();
            for (int i = from; i < Math.min(from + together, spans.size()); i++) {
                point.add(spans.get(i));
            }
            // a point stands in the middle of its span; the last span may be cut short by the end
            double start = from * (double) series.spanNanos();
            double end = Math.min((double) untilNanos, start + seconds * NANOS_PER_SECOND);
            double length = Math.max(1, end - start) / NANOS_PER_SECOND;
            times.add(Math.round((start + end) / 2 / NANOS_PER_MILLI));
            Steps.add(answered, point.answered() / length);
            Steps.add(sent, point.sent() / length);
            for (Failure kind : kinds) {
                Steps.add((ArrayNode) errors.get(kind.text()), point.failures().getOrDefault(kind, 0L) / length);
            }
            latencies(point.latencyMicros(), latency);
        }
    }

    private static void latencies(Histogram micros, ObjectNode latency) {
        boolean any = micros.getTotalCount() > 0;
        Steps.add(
                (ArrayNode) latency.get("p50"), any ? micros.getValueAtPercentile(50) / MICROS_PER_MILLI : Double.NaN);
        Steps.add(
                (ArrayNode) latency.get("p90"), any ? micros.getValueAtPercentile(90) / MICROS_PER_MILLI : Double.NaN);
        Steps.add(
                (ArrayNode) latency.get("p99"), any ? micros.getValueAtPercentile(99) / MICROS_PER_MILLI : Double.NaN);
        Steps.add((ArrayNode) latency.get("max"), any ? micros.getMaxValue() / MICROS_PER_MILLI : Double.NaN);
    }

    private static void inFlight(Traffic traffic, History history, ObjectNode node) {
        List<TrafficSeries.Row> rows = traffic.series().rows();
        ObjectNode under = node.putObject("under");
        ArrayNode times = under.putArray("t");
        ArrayNode inFlight = under.putArray("inFlight");
        ArrayNode queued = under.putArray("queued");
        for (TrafficSeries.Row row : rows) {
            times.add(Math.round((row.at() - history.origin()) / NANOS_PER_MILLI));
            inFlight.add(row.inFlight());
            queued.add(row.queued());
        }
    }

    /** Who answered how much, beside what equal chances for every new connection would have given. */
    private static void perPod(Traffic traffic, History history, ObjectNode node) {
        Shares shares = traffic.shares();
        Map<String, Shares.Share> byPod = new LinkedHashMap<>();
        shares.perPod().forEach(share -> byPod.put(share.pod(), share));
        double connections =
                byPod.values().stream().mapToDouble(Shares.Share::connections).sum();
        Map<String, Long> answers = traffic.answeredByPod();
        Set<String> pods = new LinkedHashSet<>(answers.keySet());
        pods.addAll(byPod.keySet());
        ArrayNode array = node.putArray("pods");
        List<String> shown = new ArrayList<>(pods);
        for (String pod : shown.subList(0, Math.min(MOST_PODS, shown.size()))) {
            ObjectNode row = array.addObject();
            row.put("pod", history.shortName(pod));
            row.put("answers", answers.getOrDefault(pod, 0L));
            Shares.Share share = byPod.get(pod);
            if (share != null && connections > 0) {
                row.put("connections", share.connections());
                row.put("expected", Math.round(share.expected() / connections * SHARE_PRECISION) / SHARE_PRECISION);
            }
        }
        node.put("podsLeftOut", Math.max(0, shown.size() - MOST_PODS));
        if (shares.degreesOfFreedom() > 0) {
            node.put("pValue", shares.pValue());
        }
        node.put("fairness", traffic.jain());
    }
}
