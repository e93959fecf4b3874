package dev.wavetank.cli;

import dev.wavetank.live.compare.Comparison;
import dev.wavetank.live.compare.ComparisonJson;
import dev.wavetank.live.compare.ComparisonTable;
import dev.wavetank.live.compare.Fact;
import dev.wavetank.live.compare.Tolerance;
import dev.wavetank.live.trace.SimulatedTraces;
import dev.wavetank.live.trace.Trace;
import dev.wavetank.live.trace.TraceReader;
import dev.wavetank.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lays traces side by side and prints a verdict for each fact. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares traces of one scenario: order, numbers, timing, shares of traffic, failures, each with a verdict.",
            "Two traces are compared with one another; of several, those before --with with those after it. Without --with, "
                    + "simulated ones are compared with live ones, and otherwise the first with all others. A scenario file in "
                    + "place of a trace is simulated."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all facts agree", "1:a fact differs", "2:bad input"})
final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "TRACE", description = "Traces, or scenarios to simulate.")
    private List<Path> files = List.of();

    @Option(
            names = "--with",
            arity = "1..*",
            paramLabel = "TRACE",
            description = "What to compare with: one trace, or several repetitions.")
    private List<Path> others = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "The seeds a scenario is simulated with. Default: ${DEFAULT-VALUE}.")
    private String seeds = "1..10";

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "The delays a scenario is simulated with, as \"wavetank calibrate\" writes them.")
    private @Nullable Path calibration;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            description = "A p-value below this is no chance. Default: ${DEFAULT-VALUE}.")
    private double alpha = Tolerance.STANDARD.alpha();

    @Option(
            names = "--ratio",
            paramLabel = "N",
            description =
                    "Durations within this factor of one another are the same in practice. Default: ${DEFAULT-VALUE}.")
    private double ratio = Tolerance.STANDARD.ratio();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table (for people), json, or ndjson. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Trace> a = read(files);
        List<Trace> b = read(others);
        if (b.isEmpty()) {
            List<Trace> all = a;
            a = firstGroup(all);
            b = new ArrayList<>(all);
            b.removeAll(a);
        }
        if (b.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "one trace alone cannot be compared; name a second, or several after --with.");
        }
        Comparison comparison = Comparison.of(a, b, tolerance());
        switch (output) {
            case TABLE -> ComparisonTable.lines(comparison, terminal.style()).forEach(terminal.out()::println);
            case JSON -> terminal.out().println(ComparisonJson.of(comparison).toPrettyString());
            case NDJSON -> {
                for (Fact fact : comparison.facts()) {
                    terminal.out().println(ComparisonJson.of(fact));
                }
            }
        }
        return comparison.agree() ? ExitCodes.HELD : ExitCodes.FAILED;
    }

    /** Those that come from where the first comes from, unless all do: then the first alone. */
    private static List<Trace> firstGroup(List<Trace> all) {
        String kind = all.get(0).source().kind();
        List<Trace> same =
                all.stream().filter(trace -> trace.source().kind().equals(kind)).toList();
        return same.size() == all.size() ? List.of(all.get(0)) : same;
    }

    private List<Trace> read(List<Path> paths) {
        List<Trace> traces = new ArrayList<>();
        for (Path path : paths) {
            if (path.toString().endsWith(".yaml") || path.toString().endsWith(".yml")) {
                traces.addAll(simulate(path));
            } else {
                traces.add(TraceReader.read(path));
            }
        }
        return traces;
    }

    private List<Trace> simulate(Path scenario) {
        long[] range = SeedRange.parse(seeds, spec.commandLine());
        Map<String, String> overrides = calibration == null
                ? Map.of()
                : Map.of("cluster.calibration", calibration.toAbsolutePath().toString());
        return SimulatedTraces.of(ScenarioReader.read(scenario, overrides), range[0], range[1]);
    }

    private Tolerance tolerance() {
        try {
            return new Tolerance(alpha, ratio, Tolerance.STANDARD.millis());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }
}
