package dev.wavetank.report.metrics;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.network.Traffic;
import dev.wavetank.report.ReportSource;
import dev.wavetank.scenario.RunResult.Verdict;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Clusters as Prometheus text: objects under the names kube-state-metrics has for them, nodes and containers under the
 * kubelet's, traffic under {@code wavetank_}. Values are as of now, for a cluster that goes on, or as of the end of a run.
 */
public final class PrometheusText {

    private final Families families = new Families();

    /** Adds a run as it ended; each of its metrics has the label {@code scenario}. */
    public void add(ReportSource source) {
        Labels scenario = Labels.of("scenario", source.name());
        add(source.history().cluster(), scenario);
        source.traffic().forEach(traffic -> TrafficMetrics.add(traffic, families, scenario));
        families.gauge(
                "wavetank_virtual_seconds",
                "Virtual time since the first moment.",
                source.durationNanos() / 1e9,
                scenario);
        families.counter(
                "wavetank_pod_seconds",
                "Seconds of pods since the first moment.",
                source.history().cost().podSeconds(),
                scenario);
        for (Verdict verdict : source.verdicts()) {
            families.gauge(
                    "wavetank_expectation_held",
                    "Whether an expectation held.",
                    verdict.held() ? 1 : 0,
                    scenario.merge(Labels.of("expectation", verdict.text())));
        }
    }

    /** Adds a cluster and the traffic of its clients, with no labels but their own. */
    public void add(Cluster cluster) {
        add(cluster, Labels.EMPTY);
        cluster.clients().values().forEach(client -> add(client.traffic()));
    }

    private void add(Traffic traffic) {
        TrafficMetrics.add(traffic, families, Labels.EMPTY);
    }

    private void add(Cluster cluster, Labels extra) {
        new ObjectMetrics(cluster, families, extra).add();
    }

    /** Writes them all. */
    public void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.create().write(out, families.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    }
}
