package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Container;
import dev.wavetank.model.Container.ImagePullPolicy;
import dev.wavetank.model.Container.Port;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.Lifecycle.Hook;
import dev.wavetank.model.Probe;
import dev.wavetank.model.Probe.Handler;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads containers with their probes and hooks. */
final class ContainerReader {

    private static final Map<String, ImagePullPolicy> PULL_POLICIES = Map.of(
            "Always", ImagePullPolicy.ALWAYS,
            "IfNotPresent", ImagePullPolicy.IF_NOT_PRESENT,
            "Never", ImagePullPolicy.NEVER);

    private ContainerReader() {}

    static Container read(Field container, String path) {
        String image = container.get("image").text("");
        Field resources = container.get("resources").expectObject();
        Field limitsField = resources.get("limits").expectObject();
        Field requestsField = resources.get("requests").expectObject();
        Resources limits = resources(limitsField, Resources.NONE);
        Resources requests = resources(requestsField, limits);
        checkRequests(requestsField, requests, limits);
        String policy =
                container.get("imagePullPolicy").choice("", List.of("Always", "IfNotPresent", "Never"), name -> name);
        Container read = new Container(
                container.get("name").required("Give the container a name.").text(""),
                image,
                policy.isEmpty()
                        ? defaultPullPolicy(image)
                        : PULL_POLICIES.getOrDefault(policy, ImagePullPolicy.ALWAYS),
                container.get("ports").elements().stream()
                        .map(ContainerReader::port)
                        .collect(ImmutableList.toImmutableList()),
                requests,
                limits,
                probe(container.get("startupProbe"), true),
                probe(container.get("livenessProbe"), true),
                probe(container.get("readinessProbe"), false),
                lifecycle(container.get("lifecycle")),
                container.get("restartPolicy").text("").equals("Always"));
        KnownFields.note(container, path);
        return read;
    }

    /** The tag {@code latest}, or no tag at all, asks the registry every time. */
    static ImagePullPolicy defaultPullPolicy(String image) {
        boolean digest = image.contains("@");
        String afterPath = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = afterPath.endsWith(":latest") || !afterPath.contains(":");
        return latest && !digest ? ImagePullPolicy.ALWAYS : ImagePullPolicy.IF_NOT_PRESENT;
    }

    /** Cpu and memory of requests or limits; a missing request takes the limit, as the API server fills it in. */
    private static Resources resources(Field field, Resources missing) {
        Field cpu = field.get("cpu");
        Field memory = field.get("memory");
        return new Resources(
                cpu.isPresent() ? quantity(cpu, Quantity::milliValue) : missing.cpuMillis(),
                memory.isPresent() ? quantity(memory, Quantity::value) : missing.memoryBytes());
    }

    private static long quantity(Field field, Function<Quantity, Long> value) {
        long read = field.parsed(0L, text -> value.apply(Quantity.parse(text)));
        if (read < 0) {
            field.problem(field.name() + " is negative", "Give a quantity of 0 or more, such as 100m or 128Mi.");
        }
        return read;
    }

    private static void checkRequests(Field field, Resources requests, Resources limits) {
        if (limits.cpuMillis() > 0 && requests.cpuMillis() > limits.cpuMillis()) {
            field.get("cpu")
                    .problem(
                            "the cpu request of " + requests.cpuMillis() + "m is above the limit of "
                                    + limits.cpuMillis() + "m",
                            "Raise the limit or lower the request.");
        }
        if (limits.memoryBytes() > 0 && requests.memoryBytes() > limits.memoryBytes()) {
            field.get("memory")
                    .problem("the memory request is above the limit", "Raise the limit or lower the request.");
        }
    }

    private static Port port(Field port) {
        Port read = new Port(
                port.get("name").text(""),
                (int) port.get("containerPort")
                        .required("Say which port the container listens on.")
                        .longInteger(1, 1, 65_535),
                port.get("protocol").choice("TCP", List.of("TCP", "UDP", "SCTP"), name -> name));
        port.get("hostPort");
        port.get("hostIP");
        return read;
    }

    private static @Nullable Probe probe(Field probe, boolean oneSuccess) {
        if (!probe.expectObject().isPresent()) {
            return null;
        }
        Field successField = probe.get("successThreshold");
        int success = atLeastOne(successField, 1);
        if (oneSuccess && success != 1) {
            successField.problem(
                    "successThreshold must be 1 for " + probe.name(), "Leave it out, or set it on the readinessProbe.");
        }
        Field grace = probe.get("terminationGracePeriodSeconds");
        if (grace.isPresent() && !oneSuccess) {
            grace.problem("terminationGracePeriodSeconds may not be set on a readinessProbe", "Leave it out.");
        }
        Probe read = new Probe(
                handler(probe),
                probe.get("initialDelaySeconds").integer(0, 0),
                atLeastOne(probe.get("periodSeconds"), 10),
                atLeastOne(probe.get("timeoutSeconds"), 1),
                success,
                atLeastOne(probe.get("failureThreshold"), 3),
                grace.isPresent() ? Long.valueOf(grace.longInteger(1, 1, Integer.MAX_VALUE)) : null);
        return read;
    }

    /** The API takes 0 for "use the default". */
    private static int atLeastOne(Field field, int standard) {
        int value = field.integer(standard, 0);
        return value == 0 ? standard : value;
    }

    private static Handler handler(Field probe) {
        Field httpGet = probe.get("httpGet").expectObject();
        Field tcpSocket = probe.get("tcpSocket").expectObject();
        Field grpc = probe.get("grpc").expectObject();
        Field exec = probe.get("exec").expectObject();
        long handlers = List.of(httpGet, tcpSocket, grpc, exec).stream()
                .filter(Field::isPresent)
                .count();
        if (handlers != 1) {
            probe.problem(
                    probe.name() + " has " + handlers + " handlers, but must have one",
                    "Give it exactly one of httpGet, tcpSocket, grpc or exec.");
        }
        if (tcpSocket.isPresent()) {
            return new Handler.TcpSocket(portOf(tcpSocket));
        }
        if (grpc.isPresent()) {
            return new Handler.Grpc(
                    grpc.get("port").integer(0, 1), grpc.get("service").text(""));
        }
        if (exec.isPresent()) {
            return new Handler.Exec(command(exec));
        }
        return new Handler.HttpGet(httpGet.get("path").text("/"), portOf(httpGet));
    }

    private static IntOrString portOf(Field handler) {
        Field port = handler.get("port");
        return port.node().isTextual() ? IntOrString.of(port.text("")) : IntOrString.of(port.integer(0, 1));
    }

    private static String command(Field exec) {
        return String.join(
                " ",
                exec.get("command").elements().stream()
                        .map(word -> word.node().asText())
                        .toList());
    }

    private static Lifecycle lifecycle(Field lifecycle) {
        if (!lifecycle.expectObject().isPresent()) {
            return Lifecycle.NONE;
        }
        Lifecycle read = new Lifecycle(hook(lifecycle.get("postStart")), hook(lifecycle.get("preStop")));
        KnownFields.note(lifecycle, "lifecycle");
        return read;
    }

    private static @Nullable Hook hook(Field hook) {
        if (!hook.expectObject().isPresent()) {
            return null;
        }
        Field sleep = hook.get("sleep").expectObject();
        Field exec = hook.get("exec").expectObject();
        Field httpGet = hook.get("httpGet").expectObject();
        if (sleep.isPresent()) {
            return new Hook.Sleep(sleep.get("seconds").longInteger(0, 0, Integer.MAX_VALUE));
        }
        if (exec.isPresent()) {
            return new Hook.Exec(command(exec));
        }
        if (httpGet.isPresent()) {
            return new Hook.HttpGet(httpGet.get("path").text("/"), portOf(httpGet));
        }
        hook.problem("a hook needs something to run", "Give it one of sleep, exec or httpGet.");
        return null;
    }
}
