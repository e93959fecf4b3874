package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.WallClock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what is special to one kind; {@link ObjectWriter} writes the rest. */
interface KindWriter<T extends KubernetesObject> {

    /** What a writer may look at besides the object. */
    record Surroundings(WallClock clock, Function<ObjectKey, @Nullable KubernetesObject> objects) {}

    /** Writes all that the model holds of an object, apiVersion, kind and metadata apart. */
    void write(ObjectNode written, T object, Surroundings around);

    /** Adds what follows from the object and its surroundings, wherever nothing is written yet. */
    default void complete(ObjectNode written, T object, Surroundings around) {}
}
