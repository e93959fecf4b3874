package dev.wavetank.demo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the service answers. */
final class Endpoints {

    private static final double SECOND = 1e9;
    private static final long MILLISECOND = 1_000_000;

    private final Settings settings;
    private final Log log;
    private final Runnable crash;
    private final AtomicBoolean ready = new AtomicBoolean(true);

    /**
     * Answers for one process.
     *
     * @param crash ends the process at once with status 1
     */
    Endpoints(Settings settings, Log log, Runnable crash) {
        this.settings = settings;
        this.log = log;
        this.crash = crash;
    }

    void addTo(RoutesConfig routes) {
        routes.get(
                "/",
                context -> answer(
                        context,
                        "message",
                        "Hello from " + settings.appName() + "!",
                        "server",
                        settings.pod().name()));
        routes.get("/health", context -> answer(context, "status", "healthy"));
        routes.get("/ready", this::ready);
        routes.post("/ready/enable", context -> setReady(context, true));
        routes.post("/ready/disable", context -> setReady(context, false));
        routes.post("/crash", this::crash);
        routes.get("/stress", this::stress);
        routes.get("/work", this::work);
        routes.get("/version", context -> answer(context, "app", settings.appName(), "version", settings.version()));
        routes.get("/config", this::config);
        routes.get("/info", this::info);
        routes.exception(IllegalArgumentException.class, (e, context) -> {
            context.status(HttpStatus.BAD_REQUEST);
            answer(context, "error", String.valueOf(e.getMessage()));
        });
        routes.error(
                404, context -> answer(context, "error", "there is no " + context.method() + " " + context.path()));
        if (log.isDebug()) {
            routes.after(context -> log.debug(context.method() + " " + context.path() + " " + context.statusCode()));
        }
    }

    private void ready(Context context) {
        boolean isReady = ready.get();
        context.status(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        answer(context, "status", isReady ? "ready" : "not ready");
    }

    private void setReady(Context context, boolean isReady) {
        ready.set(isReady);
        log.info(isReady ? "ready, since it was told so" : "not ready, since it was told so");
        answer(
                context,
                "status",
                isReady ? "ready" : "not ready",
                "server",
                settings.pod().name());
    }

    /** The answer goes out before the process ends, so that whoever asked knows that it was heard. */
    private void crash(Context context) throws IOException {
        log.warning("crashing, since it was told so");
        byte[] body = "{\"status\":\"crashing\"}".getBytes(StandardCharsets.UTF_8);
        context.res().setContentType("application/json");
        context.res().setContentLength(body.length);
        context.res().getOutputStream().write(body);
        context.res().flushBuffer();
        crash.run();
    }

    private void stress(Context context) {
        double asked = number(context, "seconds", 1);
        double seconds = Math.min(asked, settings.maxStressSeconds());
        long rounds = Busy.forNanos((long) (seconds * SECOND));
        answer(
                context,
                "seconds",
                seconds,
                "rounds",
                rounds,
                "server",
                settings.pod().name());
    }

    /** A request as a simulated app has them: so much CPU time, and at least so long on the clock. */
    private void work(Context context) throws InterruptedException {
        long start = System.nanoTime();
        double most = settings.maxStressSeconds() * 1000;
        Busy.forCpuNanos((long) (Math.min(number(context, "cpuMillis", 0), most) * MILLISECOND));
        long left = (long) (Math.min(number(context, "millis", 0), most) * MILLISECOND) - (System.nanoTime() - start);
        if (left > 0) {
            Thread.sleep(left / MILLISECOND, (int) (left % MILLISECOND));
        }
        answer(context, "message", "done", "server", settings.pod().name());
    }

    private void config(Context context) {
        answer(
                context,
                "app_name",
                settings.appName(),
                "log_level",
                settings.logLevel().name(),
                "max_stress_seconds",
                settings.maxStressSeconds(),
                "database",
                settings.databaseConfigured() ? "configured" : "not configured");
    }

    private void info(Context context) {
        Settings.Pod pod = settings.pod();
        answer(
                context,
                "pod_name",
                pod.name(),
                "namespace",
                pod.namespace(),
                "pod_ip",
                pod.ip(),
                "node_name",
                pod.node(),
                "cpu_request",
                pod.cpuRequest(),
                "cpu_limit",
                pod.cpuLimit(),
                "memory_request",
                pod.memoryRequest(),
                "memory_limit",
                pod.memoryLimit());
    }

    private static double number(Context context, String name, double otherwise) {
        return Numbers.zeroOrMore(name, context.queryParam(name), otherwise, "a number, 0 or more, such as 2.5");
    }

    private static void answer(Context context, Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        context.json(fields);
    }
}
