package dev.wavetank.report.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metric families while they are being filled, each with a label set of its own for every point. */
final class Families {

    private final Map<String, String> help = new LinkedHashMap<>();
    private final Map<String, List<GaugeDataPointSnapshot>> gauges = new LinkedHashMap<>();
    private final Map<String, List<CounterDataPointSnapshot>> counters = new LinkedHashMap<>();
    private final Map<String, List<InfoDataPointSnapshot>> infos = new LinkedHashMap<>();
    private final Map<String, List<HistogramDataPointSnapshot>> histograms = new LinkedHashMap<>();

    void gauge(String name, String what, Number value, Labels labels) {
        help.put(name, what);
        gauges.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(new GaugeDataPointSnapshot(value.doubleValue(), labels, null));
    }

    /** A counter; the format adds {@code _total} to its name. */
    void counter(String name, String what, Number value, Labels labels) {
        help.put(name, what);
        counters.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(new CounterDataPointSnapshot(value.doubleValue(), labels, null, 0));
    }

    /** A constant 1 whose labels tell something; the format adds {@code _info} to its name. */
    void info(String name, String what, Labels labels) {
        help.put(name, what);
        infos.computeIfAbsent(name, unused -> new ArrayList<>()).add(new InfoDataPointSnapshot(labels));
    }

    void histogram(String name, String what, ClassicHistogramBuckets buckets, double sum, Labels labels) {
        help.put(name, what);
        histograms
                .computeIfAbsent(name, unused -> new ArrayList<>())
                .add(new HistogramDataPointSnapshot(buckets, sum, labels, Exemplars.EMPTY, 0));
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        gauges.forEach((name, points) -> all.add(new GaugeSnapshot(metadata(name), points)));
        counters.forEach((name, points) -> all.add(new CounterSnapshot(metadata(name), points)));
        infos.forEach((name, points) -> all.add(new InfoSnapshot(metadata(name), points)));
        histograms.forEach((name, points) -> all.add(new HistogramSnapshot(metadata(name), points)));
        return new MetricSnapshots(all);
    }

    private MetricMetadata metadata(String name) {
        return new MetricMetadata(name, help.getOrDefault(name, ""));
    }
}
