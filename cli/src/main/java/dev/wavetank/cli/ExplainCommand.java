package dev.wavetank.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.engine.Durations;
import dev.wavetank.report.Explanations;
import dev.wavetank.report.Explanations.Explanation;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.Scenario;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario and prints the decisions taken in it, each with the rule and the values that decided. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Runs a scenario and says which decisions were taken, and why.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:decisions were found", "1:none fits", "2:bad input"})
final class ExplainCommand implements Callable<Integer> {

    private static final int MOST_PODS_NAMED = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario file.")
    private Path file;

    @Option(names = "--pod", paramLabel = "P", description = "Only about this pod: pod-7, or the start of its name.")
    private @Nullable String pod;

    @Option(names = "--at", paramLabel = "TIME", description = "Only in the second that starts there, such as 12s.")
    private @Nullable String at;

    @Option(names = "--decision", paramLabel = "N", description = "Only the N-th decision, from 1.")
    private @Nullable Integer decision;

    @Option(names = "--seed", paramLabel = "N", description = "Replaces the scenario's seed.")
    private @Nullable Long seed;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table (for people), json, or ndjson. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Scenario scenario = ScenarioReader.read(file, Map.of()).explained();
        RunResult result = ScenarioRunner.run(seed == null ? scenario : scenario.withSeed(seed));
        List<Explanation> found = Explanations.of(result).stream()
                .filter(explanation -> pod == null || explanation.isAbout(pod))
                .filter(explanation -> decision == null || explanation.number() == decision)
                .toList();
        if (at != null) {
            found = Explanations.inTheSecondFrom(found, atNanos(at));
        }
        switch (output) {
            case TABLE -> print(found, result.history().podNames());
            case JSON -> terminal.out().println(json(found).toPrettyString());
            case NDJSON -> json(found).forEach(terminal.out()::println);
        }
        return found.isEmpty() ? ExitCodes.FAILED : ExitCodes.HELD;
    }

    private long atNanos(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--at: " + e.getMessage() + ".", e);
        }
    }

    private void print(List<Explanation> found, Map<String, String> pods) {
        if (found.isEmpty()) {
            terminal.out().println("No decision fits. Without --pod, --at and --decision all are shown.");
            String wanted = pod;
            if (wanted != null
                    && !pods.containsKey(wanted)
                    && pods.values().stream().noneMatch(name -> name.startsWith(wanted))) {
                terminal.out().println("There was no pod " + wanted + "; there were " + list(pods) + ".");
            }
        }
        for (Explanation explanation : found) {
            terminal.out().println(explanation.line(terminal.style()));
        }
    }

    private static String list(Map<String, String> pods) {
        String first = pods.entrySet().stream()
                .limit(MOST_PODS_NAMED)
                .map(names -> names.getKey() + " (" + names.getValue() + ")")
                .collect(Collectors.joining(", "));
        return pods.size() > MOST_PODS_NAMED ? first + " and " + (pods.size() - MOST_PODS_NAMED) + " more" : first;
    }

    private static ArrayNode json(List<Explanation> found) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Explanation explanation : found) {
            ObjectNode node = array.addObject();
            node.put("decision", explanation.number());
            node.put("t", explanation.at() / 1_000_000);
            node.put("actor", explanation.actor());
            node.put("about", explanation.about());
            node.put("outcome", explanation.outcome());
            node.put("because", explanation.because());
            node.put("text", explanation.text());
        }
        return array;
    }
}
