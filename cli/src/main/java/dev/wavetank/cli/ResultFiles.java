package dev.wavetank.cli;

import dev.wavetank.report.HtmlReport;
import dev.wavetank.report.JUnitXml;
import dev.wavetank.report.ReportSource;
import dev.wavetank.report.metrics.PrometheusText;
import dev.wavetank.scenario.RunResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that runs scenarios for files with what came of them. */
final class ResultFiles {

    private interface Writing<T> {
        void to(T where) throws IOException;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Writes a report there: one HTML file with charts, decisions and expectations, for all scenarios.")
    private @Nullable Path report;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes JUnit XML there: a suite for each scenario, a case for each expectation.")
    private @Nullable Path junit;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description =
                    "Writes the state at the end as Prometheus text there, named as kube-state-metrics and kubelet do.")
    private @Nullable Path metrics;

    private final HtmlReport page = new HtmlReport();
    private final JUnitXml suites = new JUnitXml();
    private final PrometheusText families = new PrometheusText();

    @SuppressWarnings("NullAway.Init")
    ResultFiles() {}

    /** True if the runs have to keep their decisions and how their requests went over time. */
    boolean needReasons() {
        return report != null;
    }

    /** Takes a result in. */
    void add(RunResult result, String traceSha256, long wallNanos, Path file, Map<String, String> overrides) {
        ReportSource source = ReportSource.of(result, traceSha256, replay(result, file, overrides));
        if (report != null) {
            page.add(source);
        }
        if (junit != null) {
            suites.add(source, wallNanos);
        }
        if (metrics != null) {
            families.add(source);
        }
    }

    /** Writes the files once all scenarios were run. */
    void write() {
        write("--report", report, page::write);
        write("--junit", junit, file -> to(file, suites::write));
        write("--metrics", metrics, file -> to(file, families::write));
    }

    private void write(String option, @Nullable Path file, Writing<Path> writing) {
        if (file == null) {
            return;
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            writing.to(file);
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(), option + ": " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static void to(Path file, Writing<OutputStream> writing) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            writing.to(out);
        }
    }

    private static String replay(RunResult result, Path file, Map<String, String> overrides) {
        String sets = overrides.entrySet().stream()
                .map(set -> " --set " + quoted(set.getKey() + "=" + set.getValue()))
                .collect(Collectors.joining());
        return "./wavetank run " + quoted(file.toString()) + " --seed "
                + result.scenario().seed() + sets;
    }

    /** A word as a POSIX shell reads it. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
