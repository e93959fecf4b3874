package dev.wavetank.scenario;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import java.util.List;

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
            behaviors.put(app.name().substring(PREFIX.length()), behavior(app.expectObject()));
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
                onSigterm.get("listen").bool(standard.listensWhileDraining()));
        request.noOthers();
        onSigterm.noOthers();
        app.noOthers();
        return behavior;
    }
}
