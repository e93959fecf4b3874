package dev.wavetank.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.conformance.Conformance;
import dev.wavetank.conformance.Conformance.Disagreement;
import dev.wavetank.conformance.Conformance.TopicResult;
import dev.wavetank.report.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the golden vectors and says, topic by topic, where we agree with Kubernetes. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Runs golden vectors recorded from real Kubernetes 1.36 and counts agreement, topic by topic.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all agree", "1:a case does not", "2:bad input"})
final class ConformanceCommand implements Callable<Integer> {

    private static final int LONGEST_TEXT = 600;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "A folder of vector files, or of folders of them. Default: those that come with Wavetank.")
    private @Nullable Path vectors;

    @Option(names = "--output", paramLabel = "FORMAT", description = "table or json. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    ConformanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path folder = folder();
        boolean table = output == OutputFormat.TABLE;
        if (table) {
            terminal.out().printf(Locale.ROOT, "%-42s %7s %7s%n", "TOPIC", "CASES", "AGREE");
        }
        List<TopicResult> results;
        try {
            results = Conformance.run(folder, topic -> {
                if (table) {
                    print(topic);
                }
            });
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "the vectors in " + folder + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (results.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there are no vectors in " + folder + ".");
        }
        boolean allAgree = results.stream().allMatch(TopicResult::allAgree);
        if (table) {
            summary(results);
        } else {
            terminal.out().println(json(results));
        }
        return allAgree ? ExitCodes.HELD : ExitCodes.FAILED;
    }

    private Path folder() {
        Path given = vectors;
        if (given == null) {
            String home = System.getProperty("wavetank.home", ".");
            given = Path.of(home, "conformance");
        }
        if (!Files.isDirectory(given)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + given + " with vectors.");
        }
        return given;
    }

    private void print(TopicResult topic) {
        Style style = terminal.style();
        String row = String.format(Locale.ROOT, "%-42s %7d %7d", topic.topic(), topic.cases(), topic.agree());
        terminal.out().println(topic.allAgree() ? style.good(row) : style.bad(row));
        if (!topic.known()) {
            terminal.out().println(style.faint("    not covered yet"));
        }
        Disagreement first = topic.firstDisagreement();
        if (first != null) {
            terminal.out().println("    first disagreement: " + first.caseName());
            terminal.out().println("      input    " + shortened(first.input()));
            terminal.out().println("      expected " + shortened(first.expected()));
            terminal.out().println("      got      " + shortened(first.got()));
        }
    }

    private void summary(List<TopicResult> results) {
        long cases = results.stream().mapToLong(TopicResult::cases).sum();
        long agree = results.stream().mapToLong(TopicResult::agree).sum();
        terminal.out().println();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%,d of %,d cases agree (%.1f %%), %d of %d topics in full%n",
                        agree,
                        cases,
                        100.0 * agree / cases,
                        results.stream().filter(TopicResult::allAgree).count(),
                        results.size());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
    }

    private static String json(List<TopicResult> results) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        for (TopicResult result : results) {
            ObjectNode topic = document.withArray("topics").addObject();
            topic.put("topic", result.topic());
            topic.put("cases", result.cases());
            topic.put("agree", result.agree());
            Disagreement first = result.firstDisagreement();
            if (first != null) {
                ObjectNode shown = topic.putObject("firstDisagreement");
                shown.put("name", first.caseName());
                shown.put("input", first.input());
                shown.put("expected", first.expected());
                shown.put("got", first.got());
            }
        }
        return document.toPrettyString();
    }
}
