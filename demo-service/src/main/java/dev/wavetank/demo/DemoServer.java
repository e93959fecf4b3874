package dev.wavetank.demo;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The server of one process, from its start until SIGTERM. */
final class DemoServer {

    /** Longer than any request may take by default, shorter than the 30 s Kubernetes grants by default. */
    private static final Duration FINISH = Duration.ofSeconds(25);

    private final Javalin javalin;
    private final Settings settings;
    private final Log log;

    private DemoServer(Javalin javalin, Settings settings, Log log) {
        this.javalin = javalin;
        this.settings = settings;
        this.log = log;
    }

    /** Nothing can listen where the settings say. */
    static final class CannotListenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotListenException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Waits {@code START_MS} and listens.
     *
     * @throws CannotListenException if the address or port is not to be had
     */
    static DemoServer start(Settings settings) throws InterruptedException {
        Log log = new Log(settings.logLevel());
        Thread.sleep(settings.startMillis());
        // halt, since exit would wait for the requests being served, and a crash waits for nothing
        Endpoints endpoints =
                new Endpoints(settings, log, () -> Runtime.getRuntime().halt(1));
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.modifyServer(server -> {
                server.insertHandler(new GracefulHandler());
                server.setStopTimeout(FINISH.toMillis());
            });
            endpoints.addTo(config.routes);
        });
        try {
            javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException e) {
            throw new CannotListenException(
                    "nothing can listen on " + settings.host() + ":" + settings.port()
                            + "; is something else there? PORT and HOST say where.",
                    e);
        }
        DemoServer server = new DemoServer(javalin, settings, log);
        log.info(settings.appName() + " " + settings.version() + " listens on " + settings.host() + ":" + javalin.port()
                + " as " + settings.pod().name());
        return server;
    }

    /** Ends gracefully when the process is told to end. */
    void stopOnSigterm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::drain, "drain"));
    }

    int port() {
        return javalin.port();
    }

    void stop() {
        javalin.stop();
    }

    private void drain() {
        log.info("told to stop; serving for another " + settings.drainMillis() + " ms");
        try {
            Thread.sleep(settings.drainMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
        log.info("stopped");
        System.out.flush();
        // Java's own status after SIGTERM is 143; a service that has finished its work says 0
        Runtime.getRuntime().halt(0);
    }
}
