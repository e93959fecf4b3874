package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.network.CallerSettings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how the processes in pods behave. */
final class AppReader {

    private static final String PREFIX = "deployment/";
    private static final String KNATIVE_PREFIX = "ksvc/";
    private static final int MOST_RETRIES = 100;
    private static final double SLOWEST = 1_000;

    private AppReader() {}

    static ImmutableMap<String, AppBehavior> read(Field apps, List<KubernetesObject> manifests) {
        ImmutableMap.Builder<String, AppBehavior> behaviors = ImmutableMap.builder();
        List<String> known = manifests.stream()
                .filter(object -> object.kind().equals(ResourceKind.DEPLOYMENT))
                .map(object -> PREFIX + object.metadata().name())
                .toList();
        List<String> services = manifests.stream()
                .filter(object -> object.kind().equals(ResourceKind.SERVICE))
                .map(object -> object.metadata().name())
                .toList();
        List<String> serverless = manifests.stream()
                .filter(object -> object.kind().equals(Serving.SERVICE))
                .map(object -> KNATIVE_PREFIX + object.metadata().name())
                .toList();
        for (Field app : apps.entries()) {
            if (serverless.contains(app.name())) {
                behaviors.put(app.name(), behavior(app.expectObject(), services));
                continue;
            }
            if (!known.contains(app.name())) {
                app.problem(
                        "there is no " + app.name() + " among the manifests",
                        Suggestion.sentence(
                                app.name(),
                                Stream.concat(known.stream(), serverless.stream())
                                        .toList()));
                continue;
            }
            String name = app.name().substring(PREFIX.length());
            for (Field container : app.expectObject().get("containers").entries()) {
                behaviors.put(name + "/" + container.name(), behavior(container.expectObject(), services));
            }
            behaviors.put(name, behavior(app, services));
        }
        return behaviors.buildOrThrow();
    }

    private static AppBehavior behavior(Field app, List<String> services) {
        AppBehavior standard = AppBehavior.STANDARD;
        Field onSigterm = app.get("onSigterm").expectObject();
        AppBehavior behavior = new AppBehavior(
                ScenarioReader.distribution(app.get("startup"), standard.startup()),
                warmUp(app.get("warmUp").expectObject()),
                work(app.get("request").expectObject()),
                memory(app.get("memory").expectObject()),
                app.get("calls").elements().stream()
                        .map(call -> call(call, services))
                        .collect(ImmutableList.toImmutableList()),
                ScenarioReader.distribution(onSigterm.get("drain"), standard.drain()),
                onSigterm.get("listen").bool(standard.listensWhileDraining()),
                onSigterm.get("closeIdleConnections").bool(standard.closesIdleConnections()),
                limits(app.get("cores")),
                life(app, onSigterm));
        onSigterm.noOthers();
        app.noOthers();
        return behavior;
    }

    private static AppBehavior.Work work(Field request) {
        AppBehavior.Work standard = AppBehavior.STANDARD.request();
        AppBehavior.Work work = new AppBehavior.Work(
                ScenarioReader.distribution(request.get("time"), standard.time()),
                ScenarioReader.distribution(request.get("cpu"), standard.cpu()),
                request.get("concurrency").integer(standard.concurrency(), 1),
                request.get("queue").integer(standard.queue(), 0),
                request.get("errors").parsed(standard.errorRate(), Shares::fraction));
        request.noOthers();
        return work;
    }

    private static AppBehavior.WarmUp warmUp(Field warmUp) {
        if (!warmUp.isPresent()) {
            return AppBehavior.WarmUp.NONE;
        }
        Field factor = warmUp.get("factor");
        double slowdown = factor.number(3);
        if (slowdown < 1 || slowdown > SLOWEST) {
            factor.problem("factor is out of range", "Give how many times as long work takes at first, from 1 up.");
            slowdown = 1;
        }
        AppBehavior.WarmUp read = new AppBehavior.WarmUp(
                warmUp.get("for").required("Say how long it lasts.").parsed(0L, Durations::parse), slowdown);
        warmUp.noOthers();
        return read;
    }

    private static AppBehavior.Memory memory(Field memory) {
        AppBehavior.Memory read = new AppBehavior.Memory(
                bytes(memory.get("base")),
                bytes(memory.get("perRequest")),
                bytes(memory.get("perAnswer")),
                bytes(memory.get("perHour")),
                bytes(memory.get("mostGrowth")));
        memory.noOthers();
        return read;
    }

    private static long bytes(Field field) {
        return field.parsed(0L, text -> Quantity.parse(text).value());
    }

    private static AppBehavior.Limits limits(Field cores) {
        long millis = cores.parsed(0L, text -> Quantity.parse(text).milliValue());
        return millis <= 0 ? AppBehavior.Limits.NONE : new AppBehavior.Limits(millis / 1000.0, 0, 0);
    }

    private static AppBehavior.Call call(Field call, List<String> services) {
        Field name = call.expectObject().get("service").required("Name the Service it calls.");
        if (name.isPresent() && !services.contains(name.text(""))) {
            name.problem(
                    "there is no Service " + name.text("") + " among the manifests",
                    Suggestion.sentence(name.text(""), services));
        }
        Field port = call.get("port");
        AppBehavior.Call read = new AppBehavior.Call(
                name.text(""),
                port.isPresent() ? port.node().asText() : "",
                Math.max(1, call.get("timeout").parsed(CallerSettings.DEFAULT_TIMEOUT_NANOS, Durations::parse)),
                (int) call.get("retries").longInteger(0, 0, MOST_RETRIES),
                call.get("keepAlive").bool(true),
                call.get("optional").bool(false));
        call.noOthers();
        return read;
    }

    private static ProcessLife life(Field app, Field onSigterm) {
        Field hooks = app.get("hooks").expectObject();
        ProcessLife life = new ProcessLife(
                optional(app.get("runs")),
                app.get("exitCode").integer(0, 0),
                onSigterm.get("ignore").bool(false),
                onSigterm.get("exitCode").integer(0, 0),
                optional(hooks.get("postStart")),
                hooks.get("postStartFails").bool(false),
                optional(hooks.get("preStop")),
                hooks.get("preStopFails").bool(false));
        hooks.noOthers();
        return life;
    }

    private static @Nullable Distribution optional(Field field) {
        return field.isPresent() ? ScenarioReader.distribution(field, Distribution.parse("0s")) : null;
    }
}
