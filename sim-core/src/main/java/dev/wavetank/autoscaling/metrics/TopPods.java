package dev.wavetank.autoscaling.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code kubectl top pods} prints.
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/metricsutil/metrics_printer.go: CPU in thousandths, rounded up; memory in whole
 * MiB, cut.
 */
public final class TopPods {

    private TopPods() {}

    /**
     * One line of the table.
     *
     * @param cpuMillis thousandths of a core
     * @param memoryMebibytes MiB
     */
    public record Row(String pod, long cpuMillis, long memoryMebibytes) {}

    /** The rows, in the order given. */
    public static List<Row> rows(List<PodMetrics> metrics) {
        List<Row> rows = new ArrayList<>();
        for (PodMetrics pod : metrics) {
            long nanocores = 0;
            long bytes = 0;
            for (PodMetrics.ContainerMetrics container : pod.containers()) {
                nanocores += container.cpuNanocores();
                bytes += container.memoryBytes();
            }
            rows.add(new Row(pod.pod(), Math.floorDiv(nanocores + 999_999, 1_000_000), bytes >> 20));
        }
        return rows;
    }

    /** The table as text. */
    public static String table(List<PodMetrics> metrics) {
        int width = Math.max(
                4, metrics.stream().mapToInt(pod -> pod.pod().length()).max().orElse(0));
        String format = "%-" + (width + 3) + "s%-14s%s%n";
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, format, "NAME", "CPU(cores)", "MEMORY(bytes)"));
        for (Row row : rows(metrics)) {
            table.append(
                    String.format(Locale.ROOT, format, row.pod(), row.cpuMillis() + "m", row.memoryMebibytes() + "Mi"));
        }
        return table.toString().replace(System.lineSeparator(), "\n");
    }
}
