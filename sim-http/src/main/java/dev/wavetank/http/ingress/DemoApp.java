package dev.wavetank.http.ingress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the process in one pod does when somebody calls it, in the words of the demo service. Its deeds are done to the
 * modelled process: after {@code POST /crash} the kubelet sees it crash. Lives on the simulation's thread.
 */
final class DemoApp {

    private static final double SECOND = 1e9;
    private static final double MILLISECOND = 1e6;
    private static final double MOST_SECONDS = 60;
    private static final long ONE_CORE = 1_000;
    private static final int CRASH_EXIT_CODE = 1;

    /** An answer. */
    record Reply(int status, ObjectNode body) {

        static Reply ok(Object... namesAndValues) {
            return of(200, namesAndValues);
        }

        static Reply of(int status, Object... namesAndValues) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                body.set((String) namesAndValues[i], node(namesAndValues[i + 1]));
            }
            return new Reply(status, body);
        }

        private static com.fasterxml.jackson.databind.JsonNode node(Object value) {
            if (value instanceof Double number) {
                return JsonNodeFactory.instance.numberNode(number);
            }
            return JsonNodeFactory.instance.textNode(value.toString());
        }

        /** What an app says that failed by itself. */
        static Reply failure(Failure failure) {
            return failure == Failure.OVERLOADED
                    ? of(503, "error", "too many requests are waiting")
                    : of(500, "error", "the app failed");
        }
    }

    private final Cluster cluster;
    private final @Nullable Pod pod;
    private final String name;

    DemoApp(Cluster cluster, String namespace, String name) {
        this.cluster = cluster;
        this.name = name;
        this.pod = (Pod) cluster.store().get(new ObjectKey(ResourceKind.POD, namespace, name));
    }

    /**
     * Works on a request.
     *
     * @param reply given the answer, now or later; null if the process is gone by then
     */
    void answer(DemoRequest asked, Consumer<@Nullable Reply> reply) {
        AppServer process = pod == null ? null : cluster.processOf(pod);
        if (pod == null || process == null) {
            reply.accept(null);
            return;
        }
        try {
            answer(asked, pod, process, reply);
        } catch (IllegalArgumentException e) {
            reply.accept(Reply.of(400, "error", String.valueOf(e.getMessage())));
        }
    }

    private void answer(DemoRequest asked, Pod pod, AppServer process, Consumer<@Nullable Reply> reply) {
        switch (asked.line()) {
            case "GET /", "HEAD /" ->
                reply.accept(Reply.ok("message", "Hello from " + appName(pod) + "!", "server", name));
            case "GET /health" -> reply.accept(Reply.ok("status", "healthy"));
            case "GET /ready" ->
                reply.accept(process.isReady() ? Reply.ok("status", "ready") : Reply.of(503, "status", "not ready"));
            case "POST /ready/enable" -> reply.accept(setReady(process, true));
            case "POST /ready/disable" -> reply.accept(setReady(process, false));
            case "POST /crash" -> {
                reply.accept(Reply.ok("status", "crashing"));
                process.crash(CRASH_EXIT_CODE);
            }
            case "GET /stress" -> stress(asked, pod, process, reply);
            case "GET /work" -> work(asked, pod, process, reply);
            case "GET /version" -> reply.accept(Reply.ok("app", appName(pod), "version", version(pod)));
            case "GET /config" ->
                reply.accept(
                        Reply.ok("app_name", appName(pod), "log_level", "INFO", "max_stress_seconds", MOST_SECONDS));
            case "GET /info" -> reply.accept(info(pod));
            default -> reply.accept(Reply.of(404, "error", "there is no " + asked.line()));
        }
    }

    private Reply setReady(AppServer process, boolean ready) {
        process.setReady(ready);
        return Reply.ok("status", ready ? "ready" : "not ready", "server", name);
    }

    private void stress(DemoRequest asked, Pod pod, AppServer process, Consumer<@Nullable Reply> reply) {
        double seconds = Math.min(asked.number("seconds", 1), MOST_SECONDS);
        cluster.burnCpu(pod, ONE_CORE, (long) (seconds * SECOND));
        later(seconds * SECOND, process, Reply.ok("seconds", seconds, "server", name), reply);
    }

    private void work(DemoRequest asked, Pod pod, AppServer process, Consumer<@Nullable Reply> reply) {
        double cpu = Math.min(asked.number("cpuMillis", 0), MOST_SECONDS * 1_000);
        double millis = Math.min(asked.number("millis", 0), MOST_SECONDS * 1_000);
        if (cpu > 0) {
            cluster.burnCpu(pod, ONE_CORE, (long) (cpu * MILLISECOND));
        }
        later(Math.max(cpu, millis) * MILLISECOND, process, Reply.ok("message", "done", "server", name), reply);
    }

    private void later(double nanos, AppServer process, Reply then, Consumer<@Nullable Reply> reply) {
        cluster.simulation().after((long) nanos, () -> reply.accept(process.isAlive() ? then : null));
    }

    private Reply info(Pod pod) {
        return Reply.ok(
                "pod_name", pod.name(),
                "namespace", pod.metadata().namespace(),
                "pod_ip", pod.status().podIp(),
                "node_name", pod.nodeName());
    }

    private static String appName(Pod pod) {
        String label = pod.metadata().labels().getOrDefault("app", "");
        return label.isEmpty() ? pod.spec().containers().get(0).name() : label;
    }

    private static String version(Pod pod) {
        String image = pod.spec().containers().get(0).image();
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
    }
}
