package dev.wavetank.demo.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends load to a URL and prints one JSON object a line: one for the start, one for each request, one for the sums. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Sends GET requests at a fixed rate or at listed moments, whether answers come or not.",
            "Prints JSON lines: {\"startedAt\"} first, then {\"t\",\"pod\",\"ms\"} or {\"t\",\"error\",\"ms\"} for each request, the sums last."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all was sent, whatever was answered", "2:bad usage"})
public final class LoadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", required = true, description = "What to ask, such as http://fastapi-k8s/.")
    private String url;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second.")
    private @Nullable Double rate;

    @Option(names = "--seconds", paramLabel = "N", description = "How long.")
    private @Nullable Double seconds;

    @Option(
            names = "--arrivals",
            paramLabel = "FILE",
            description =
                    "Instead of a rate: when to send, one moment a line in milliseconds since the start; - reads them from standard input.")
    private @Nullable String arrivals;

    @Option(
            names = "--keep-alive",
            description = "Use connections again. Without it every request has a connection of its own.")
    private boolean keepAlive;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for a connection, and then for an answer. Default: ${DEFAULT-VALUE}.")
    private double timeout = 5;

    @Option(
            names = "--start-at",
            paramLabel = "EPOCH_MILLIS",
            description = "Moment zero on the clock, so that several generators and what is done meanwhile share it.")
    private @Nullable Long startAt;

    private final PrintStream out;
    private long answered;
    private long failed;

    @SuppressWarnings("NullAway.Init")
    LoadCommand(PrintStream out) {
        this.out = out;
    }

    /** Runs the command with these arguments, prints to standard output, and returns its exit status. */
    public static int execute(String... args) {
        return new CommandLine(new LoadCommand(System.out)).execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI target = target();
        if (!(timeout > 0 && timeout <= 3600)) {
            throw bad("--timeout is in seconds, above 0 and at most 3600.");
        }
        try (BufferedReader lines = lines()) {
            Iterator<Long> moments = moments(lines);
            long startMillis = startAt == null ? System.currentTimeMillis() : startAt;
            long startNanos = System.nanoTime() + (startMillis - System.currentTimeMillis()) * 1_000_000;
            print(JsonNodeFactory.instance.objectNode().put("startedAt", startMillis));
            long sent = new LoadGenerator(target, keepAlive, (int) Math.ceil(timeout * 1000), this::record)
                    .run(moments, startNanos);
            print(sums(sent));
        } catch (IllegalArgumentException e) {
            throw bad("--arrivals: " + e.getMessage());
        }
        return 0;
    }

    private URI target() {
        try {
            URI uri = new URI(url);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw bad("--url is \"" + url + "\"; write an http:// address, such as http://fastapi-k8s:80/.");
    }

    private BufferedReader lines() {
        if (arrivals == null) {
            return new BufferedReader(java.io.Reader.nullReader());
        }
        try {
            return arrivals.equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(Path.of(arrivals));
        } catch (IOException e) {
            throw bad("--arrivals: " + arrivals + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private Iterator<Long> moments(BufferedReader lines) {
        if (arrivals != null) {
            if (rate != null || seconds != null) {
                throw bad("--arrivals goes without --rate and --seconds, since it lists every moment.");
            }
            return Arrivals.listed(lines);
        }
        if (rate == null || seconds == null || !(rate > 0) || !(seconds > 0)) {
            throw bad("say --rate and --seconds, both above 0, or --arrivals.");
        }
        return Arrivals.constant(rate, seconds);
    }

    private synchronized void record(Outcome outcome) {
        if (outcome.error() == null) {
            answered++;
        } else {
            failed++;
        }
        print(outcome.json());
    }

    private synchronized ObjectNode sums(long sent) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sent", sent)
                .put("answered", answered)
                .put("failed", failed)
                .put("inFlight", sent - answered - failed);
    }

    private void print(ObjectNode line) {
        out.println(line);
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
