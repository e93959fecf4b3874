package dev.wavetank.cli;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.http.ServerOptions;
import dev.wavetank.http.WavetankServer;
import dev.wavetank.http.host.Speed;
import dev.wavetank.http.ingress.Ingress;
import dev.wavetank.scenario.Scenario;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a simulated cluster to kubectl, to any Kubernetes client and to a browser, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves a simulated cluster: a Kubernetes API for kubectl, a dashboard, a port for each Service.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was told to stop", "2:bad input", "70:a bug in wavetank"})
final class ServeCommand implements Callable<Integer> {

    /** So far back a clock starts that is going to outrun the wall's, so that clients see no dates to come for a while. */
    private static final Duration HEAD_START = Duration.ofDays(1);

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "A scenario to set up and play: its cluster, manifests, clients and steps. Default: an empty cluster.")
    private @Nullable Path file;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 for a free port. Default: 0.")
    private int port;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            description = "realtime; a multiple such as 10x; max, on to the next event whenever no request waits;"
                    + " or settle, max until all is settled, then real time. Default: realtime.")
    private String speed = "realtime";

    @Option(names = "--paused", description = "Lets time stand still until it is told to go on.")
    private boolean paused;

    @Option(
            names = "--clock",
            paramLabel = "DATE",
            description =
                    "The cluster's date at the start: now, or one such as 2026-01-31T12:00:00Z. Default: now; a day"
                            + " ago at a speed above real time, so that its dates stay in the past for clients that compare.")
    private @Nullable String clock;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Which address to listen on. Any but this machine's own loopback means TLS and a token."
                    + " Default: 127.0.0.1.")
    private String listen = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What clients have to send. Default: none on loopback, else a random one.")
    private @Nullable String token;

    @Option(
            names = "--ingress-port",
            paramLabel = "PORT",
            description =
                    "Where the first LoadBalancer Service is reached from this machine; 0 for a free port. Default: 0.")
    private int ingressPort;

    @Option(
            names = "--kubeconfig",
            paramLabel = "PATH",
            description = "Where to write the kubeconfig. Default: wavetank.kubeconfig here.")
    private Path kubeconfig = Path.of("wavetank.kubeconfig");

    @Option(names = "--seed", paramLabel = "N", description = "Replaces the scenario's seed. Default without one: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Replaces a value of the scenario's spec, such as --set cluster.preset=docker-desktop.")
    private Map<String, String> overrides = Map.of();

    private final Terminal terminal;
    private final List<Ingress.Opened> waiting = new ArrayList<>();
    private boolean welcomed;

    @SuppressWarnings("NullAway.Init")
    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerOptions options = options();
        WavetankServer server = start(options);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    told.countDown();
                    awaitQuietly(stopped);
                },
                "wavetank-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        KubeconfigFile written = write(server);
        try {
            welcome(server, written);
            told.await();
        } finally {
            server.close();
            written.remove();
            stopped.countDown();
        }
        return ExitCodes.HELD;
    }

    private ServerOptions options() {
        Speed parsed;
        try {
            parsed = Speed.parse(speed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--speed: " + e.getMessage() + ".", e);
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " is not a port; write 0 to 65535.");
        }
        return ServerOptions.STANDARD
                .withListen(listen)
                .withPort(port)
                .withToken(token)
                .withSpeed(parsed)
                .withPaused(paused)
                .withStartDate(startDate(parsed))
                .withIngressPort(ingressPort)
                .withOnIngress(this::say);
    }

    private @Nullable Instant startDate(Speed parsed) {
        if (clock == null) {
            boolean outruns = parsed.underWay() > 1;
            return outruns ? Instant.now().minus(HEAD_START) : null;
        }
        if (clock.equals("now")) {
            return null;
        }
        try {
            return Instant.parse(clock);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--clock: \"" + clock + "\" is not a date; write now, or one such as 2026-01-31T12:00:00Z.",
                    e);
        }
    }

    private WavetankServer start(ServerOptions options) {
        try {
            if (file == null) {
                return WavetankServer.start(
                        new Cluster(ClusterSpec.dockerDesktop().withExplain(true), seed == null ? 1 : seed), options);
            }
            Scenario scenario = ScenarioReader.read(file, overrides).explained();
            return WavetankServer.start(
                    ScenarioRunner.stage(seed == null ? scenario : scenario.withSeed(seed)), options);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot listen: " + e.getMessage() + ".", e);
        }
    }

    private KubeconfigFile write(WavetankServer server) {
        try {
            return KubeconfigFile.write(kubeconfig, server.kubeconfig());
        } catch (IOException e) {
            server.close();
            throw new ParameterException(
                    spec.commandLine(),
                    "--kubeconfig: " + kubeconfig + " cannot be written: " + e.getMessage() + ".",
                    e);
        }
    }

    private synchronized void welcome(WavetankServer server, KubeconfigFile written) {
        PrintWriter out = terminal.out();
        out.println("export KUBECONFIG=" + written.path());
        out.println("kubectl get pods --watch");
        out.println("open " + server.dashboardUrl());
        waiting.forEach(this::print);
        waiting.clear();
        welcomed = true;
        out.flush();
    }

    /** The lines on how to reach Services come after the welcome, and whenever there is another. */
    private synchronized void say(Ingress.Opened opened) {
        if (welcomed) {
            print(opened);
            terminal.out().flush();
        } else {
            waiting.add(opened);
        }
    }

    private void print(Ingress.Opened opened) {
        if (opened.way().isBalancer() || opened.port() != opened.way().number()) {
            terminal.out()
                    .println("curl http://localhost:" + opened.port() + "/   # "
                            + opened.way().text());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(5, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
