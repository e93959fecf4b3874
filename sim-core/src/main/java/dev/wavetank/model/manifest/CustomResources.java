package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.ResourceKind;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The kinds beyond Kubernetes' own that are simulated. */
public final class CustomResources {

    private static final ImmutableMap<String, CustomResourceDefinition> BY_NAME = load();

    private CustomResources() {}

    private static ImmutableMap<String, CustomResourceDefinition> load() {
        ImmutableMap.Builder<String, CustomResourceDefinition> found = ImmutableMap.builder();
        ServiceLoader.load(CustomResourceDefinition.class, CustomResources.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(definition -> name(definition.resource())))
                .forEach(definition -> found.put(name(definition.resource()), definition));
        return found.buildOrThrow();
    }

    private static String name(ResourceKind kind) {
        return kind.apiVersion() + "/" + kind.kind();
    }

    /** The definition of a kind; null if it is not one of these. */
    public static @Nullable CustomResourceDefinition of(String apiVersion, String kind) {
        return BY_NAME.get(apiVersion + "/" + kind);
    }

    /** All of them, sorted by API version and kind. */
    public static ImmutableList<CustomResourceDefinition> all() {
        return BY_NAME.values().asList();
    }

    /** Sorts the fields of a part that nobody asked for: near misses of known ones are mistakes, others are not simulated. */
    public static void leftOvers(Field part, String path) {
        for (String other : part.unasked()) {
            Suggestion.nearest(other, part.asked())
                    .ifPresentOrElse(
                            near -> part.get(other)
                                    .problem("unknown key \"" + other + "\"", "Did you mean \"" + near + "\"?"),
                            () -> part.findings().notSimulated(path + "." + other));
        }
    }
}
