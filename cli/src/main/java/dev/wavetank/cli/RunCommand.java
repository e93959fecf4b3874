package dev.wavetank.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.http.Pacer;
import dev.wavetank.report.EventStream;
import dev.wavetank.report.RunJson;
import dev.wavetank.report.RunReport;
import dev.wavetank.report.TraceWriter;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.Scenario;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import dev.wavetank.scenario.ScenarioRunner.Pace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenarios and prints what came of them. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs scenarios: what happened to the pods, who answered the requests, what held.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything held", "1:an expectation failed", "2:bad input", "70:a bug in wavetank"})
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Scenario files.")
    private List<Path> files = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Replaces the scenario's seed.")
    private @Nullable Long seed;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Replaces a value of the scenario's spec, such as --set duration=90s or --set steps.0.scale.replicas=8.")
    private Map<String, String> overrides = Map.of();

    @Option(names = "--trace", paramLabel = "FILE", description = "Writes the trace (wavetank.trace/v1) there.")
    private @Nullable Path trace;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table (for people), json, or ndjson. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            description = "max, realtime, or a multiple such as 10x. Default: max.")
    private String speed = "max";

    @Mixin
    private ResultFiles resultFiles;

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (trace != null && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--trace goes with one scenario, not with " + files.size() + ".");
        }
        List<Scenario> scenarios = files.stream().map(this::read).toList();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        boolean allHeld = true;
        for (int i = 0; i < scenarios.size(); i++) {
            if (i > 0 && output == OutputFormat.TABLE) {
                terminal.out().println();
            }
            allHeld &= run(files.get(i), scenarios.get(i), document);
        }
        resultFiles.write();
        if (output == OutputFormat.JSON) {
            document.put("held", allHeld);
            terminal.out().println(document.toPrettyString());
        }
        return allHeld ? ExitCodes.HELD : ExitCodes.FAILED;
    }

    private Scenario read(Path file) {
        Scenario read = ScenarioReader.read(file, overrides);
        Scenario scenario = resultFiles.needReasons() || output == OutputFormat.NDJSON ? read.explained() : read;
        return seed == null ? scenario : scenario.withSeed(seed);
    }

    private boolean run(Path file, Scenario scenario, ObjectNode document) throws IOException {
        Pace pace = pace();
        long start = System.nanoTime();
        RunResult result = ScenarioRunner.run(scenario, pace);
        long wallNanos = System.nanoTime() - start;
        String sha256 = TraceWriter.sha256(result);
        if (trace != null) {
            writeTrace(result, trace);
        }
        resultFiles.add(result, sha256, wallNanos, file, overrides);
        switch (output) {
            case TABLE ->
                RunReport.lines(result, sha256, wallNanos, terminal.style()).forEach(terminal.out()::println);
            case JSON -> document.withArray("runs").add(RunJson.of(result, sha256));
            case NDJSON -> EventStream.of(result, sha256).forEach(terminal.out()::println);
        }
        return result.held();
    }

    private Pace pace() {
        try {
            return Pacer.parse(speed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--speed: " + e.getMessage() + ".", e);
        }
    }

    private void writeTrace(RunResult result, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            TraceWriter.write(result, out);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--trace: " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
