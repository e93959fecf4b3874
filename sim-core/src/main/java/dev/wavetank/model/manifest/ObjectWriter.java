package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WallClock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects of the store as the API server returns them: whole, with status and all that the server fills in, what the
 * model does not simulate as it was given. {@link ObjectReader} reads the same object from it again.
 *
 * <p>A written object comes about in three layers: what the model holds; over it what was given and the model has no place for
 * (see {@link dev.wavetank.model.ObjectMeta#kept}); and where there is still nothing, what follows from the rest.
 */
public final class ObjectWriter {

    private static final ImmutableMap<ResourceKind, KindWriter<?>> WRITERS =
            ImmutableMap.<ResourceKind, KindWriter<?>>builder()
                    .put(ResourceKind.POD, new PodWriter())
                    .put(ResourceKind.NODE, new NodeWriter())
                    .put(ResourceKind.SERVICE, new ServiceWriter())
                    .put(ResourceKind.EVENT, new EventWriter())
                    .put(ResourceKind.DEPLOYMENT, new DeploymentWriter())
                    .put(ResourceKind.REPLICA_SET, new ReplicaSetWriter())
                    .put(ResourceKind.ENDPOINT_SLICE, new EndpointSliceWriter())
                    .put(ResourceKind.HORIZONTAL_POD_AUTOSCALER, new HpaWriter())
                    .put(ResourceKind.POD_DISRUPTION_BUDGET, new DisruptionBudgetWriter())
                    .buildOrThrow();

    private final KindWriter.Surroundings around;

    /** A writer for objects on their own, out of a store. */
    public ObjectWriter(WallClock clock) {
        this(clock, key -> null);
    }

    /**
     * A writer for the objects of a store.
     *
     * @param objects finds the objects that others refer to, mostly {@code store::get}
     */
    public ObjectWriter(WallClock clock, Function<ObjectKey, @Nullable KubernetesObject> objects) {
        this.around = new KindWriter.Surroundings(clock, objects);
    }

    public WallClock clock() {
        return around.clock();
    }

    /** The object as {@code GET} returns it; a tree of its own, free to be changed. */
    public ObjectNode write(KubernetesObject object) {
        ObjectNode written = modelled(object);
        JsonNode kept = object.metadata().kept();
        if (kept instanceof ObjectNode rest) {
            Kept.layOver(written, rest);
        }
        complete(written, object);
        return written;
    }

    /** What of a given object neither is in the model nor follows from it, for the metadata to keep; null if nothing. */
    @Nullable
    ObjectNode kept(ObjectNode given, KubernetesObject object) {
        ObjectNode modelled = modelled(object);
        ObjectNode full = modelled.deepCopy();
        complete(full, object);
        return Kept.of(given, modelled, full);
    }

    private ObjectNode modelled(KubernetesObject object) {
        ObjectNode written = Json.object();
        written.put("kind", object.kind().kind());
        written.put("apiVersion", object.kind().apiVersion());
        MetadataWriter.write(written.putObject("metadata"), object, around.clock());
        if (object instanceof KeptObject keptObject) {
            ControllerTimes times = ControllerTimes.of(object.kind(), around.clock());
            for (Map.Entry<String, JsonNode> entry : keptObject.source().properties()) {
                if (!written.has(entry.getKey())) {
                    JsonNode value = entry.getValue().deepCopy();
                    written.set(entry.getKey(), entry.getKey().equals("status") ? times.shown(value) : value);
                }
            }
        } else {
            writer(object).write(written, object, around);
        }
        return written;
    }

    private void complete(ObjectNode written, KubernetesObject object) {
        if (!(object instanceof KeptObject)) {
            writer(object).complete(written, object, around);
        }
        Defaults.complete(object.kind(), written);
    }

    @SuppressWarnings("unchecked") // the map holds a writer of the kind's own class
    private static KindWriter<KubernetesObject> writer(KubernetesObject object) {
        KindWriter<?> writer = WRITERS.get(object.kind());
        if (writer == null) {
            throw new IllegalArgumentException("there is no writer for " + object.key());
        }
        return (KindWriter<KubernetesObject>) writer;
    }
}
