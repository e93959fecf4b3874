package dev.wavetank.conformance;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All topics this version can answer, by name. A file whose name is not here counts as not agreed. */
final class Topics {

    private static final ImmutableMap<String, Topic> BY_NAME = Stream.of(
                    WorkloadTopics.all(),
                    NodeTopics.all(),
                    ServiceTopics.all(),
                    HpaTopics.all(),
                    AutoscalerTopics.all())
            .flatMap(List::stream)
            .collect(ImmutableMap.toImmutableMap(Topic::name, topic -> topic));

    private Topics() {}

    static @Nullable Topic named(String name) {
        return BY_NAME.get(name);
    }
}
