package dev.wavetank.cli;

import dev.wavetank.report.HtmlReport;
import dev.wavetank.report.ReportSource;
import dev.wavetank.scenario.RunResult;
import java.io.IOException;
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

    private interface Writing {
        void run() throws IOException;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes a report there: one HTML file with charts, decisions and expectations, for all scenarios.")
    private @Nullable Path report;

    private final HtmlReport page = new HtmlReport();

    @SuppressWarnings("NullAway.Init")
    ResultFiles() {}

    /** True if the runs have to keep their decisions and how their requests went over time. */
    boolean needReasons() {
        return report != null;
    }

    /** Takes a result in. */
    void add(RunResult result, String traceSha256, Path file, Map<String, String> overrides) {
        if (report != null) {
            page.add(ReportSource.of(result, traceSha256, replay(result, file, overrides)));
        }
    }

    /** Writes the files once all scenarios were run. */
    void write() {
        if (report != null) {
            Path file = report;
            write("--report", file, () -> page.write(file));
        }
    }

    private void write(String option, Path file, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(), option + ": " + file + " cannot be written: " + e.getMessage() + ".", e);
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
