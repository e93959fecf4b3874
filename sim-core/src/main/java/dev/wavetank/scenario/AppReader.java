package dev.wavetank.scenario;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how the processes in pods behave. */
final class AppReader {

    private static final String PREFIX = "deployment/";

    private AppReader() {}

    static ImmutableMap<String, AppBehavior> read(Field apps, List<KubernetesObject> manifests) {
        ImmutableMap.Builder<String, AppBehavior> behaviors = ImmutableMap.builder();
        List<String> known = manifests.stream()
                .filter(object -> object.kind().equals(ResourceKind.DEPLOYMENT))
                .map(object -> PREFIX + object.metadata().name())
                .toList();
        for (Field app : apps.entries()) {
            if (!known.contains(app.name())) {
                app.problem(
                        "there is no " + app.name() + " among the manifests", Suggestion.sentence(app.name(), known));
                continue;
            }
            String name = app.name().substring(PREFIX.length());
            for (Field container : app.expectObject().get("containers").entries()) {
                behaviors.put(name + "/" + container.name(), behavior(container.expectObject()));
            }
            behaviors.put(name, behavior(app));
        }
        return behaviors.buildOrThrow();
    }

    private static AppBehavior behavior(Field app) {
        AppBehavior standard = AppBehavior.STANDARD;
        Field request = app.get("request").expectObject();
        Field onSigterm = app.get("onSigterm").expectObject();
        AppBehavior behavior = new AppBehavior(
                ScenarioReader.distribution(app.get("startup"), standard.startup()),
                ScenarioReader.distribution(request.get("time"), standard.requestTime()),
                ScenarioReader.distribution(request.get("cpu"), standard.requestCpu()),
                request.get("concurrency").integer(standard.concurrency(), 1),
                ScenarioReader.distribution(onSigterm.get("drain"), standard.drain()),
                onSigterm.get("listen").bool(standard.listensWhileDraining()),
                life(app, onSigterm));
        request.noOthers();
        onSigterm.noOthers();
        app.noOthers();
        return behavior;
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
