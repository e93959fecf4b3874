package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every object carries besides its spec and status.
 *
 * @param namespace empty for kinds that belong to the cluster as a whole
 * @param uid empty until the store has created the object
 * @param creationTimestamp whole-second instant, or {@link Times#NONE} before creation; see {@link Times}
 * @param deletionTimestamp when the object is due to go, or {@link Times#NONE} if nobody asked for that
 * @param deletionGracePeriodSeconds seconds granted at deletion; 0 unless {@code deletionTimestamp} is set
 * @param generation rises with every change of the spec
 * @param resourceVersion the store's revision of the last write; 0 before creation
 * @param kept what else its JSON says and the model has no place for ({@code managedFields}, say), in the shape of that JSON;
 *     null if nothing; not to be changed
 */
public record ObjectMeta(
        String name,
        String namespace,
        String uid,
        ImmutableMap<String, String> labels,
        ImmutableMap<String, String> annotations,
        ImmutableList<OwnerReference> ownerReferences,
        ImmutableList<String> finalizers,
        long creationTimestamp,
        long deletionTimestamp,
        long deletionGracePeriodSeconds,
        long generation,
        long resourceVersion,
        @Nullable JsonNode kept) {

    /** Metadata of an object that is yet to be created. */
    public static ObjectMeta named(String namespace, String name) {
        return new ObjectMeta(
                name,
                namespace,
                "",
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                Times.NONE,
                Times.NONE,
                0,
                0,
                0,
                null);
    }

    /** True once deletion was requested; the object may live on for a grace period or until its finalizers are gone. */
    public boolean isBeingDeleted() {
        return Times.isSet(deletionTimestamp);
    }

    /** The one owner that manages this object, if it has one. */
    public @Nullable OwnerReference controller() {
        for (OwnerReference owner : ownerReferences) {
            if (owner.controller()) {
                return owner;
            }
        }
        return null;
    }

    /** The value of an annotation, or null if the object does not carry it. */
    public @Nullable String annotation(String key) {
        return annotations.get(key);
    }

    /** True if the object's managing owner is the one with this uid. */
    public boolean isControlledBy(String ownerUid) {
        OwnerReference controller = controller();
        return controller != null && controller.uid().equals(ownerUid);
    }

    public ObjectMeta withLabels(ImmutableMap<String, String> labels) {
        return changed(draft -> draft.labels = labels);
    }

    public ObjectMeta withAnnotations(ImmutableMap<String, String> annotations) {
        return changed(draft -> draft.annotations = annotations);
    }

    /** The same metadata with one annotation set, at the end if it is new. */
    public ObjectMeta withAnnotation(String key, String value) {
        return withAnnotations(ImmutableMap.<String, String>builder()
                .putAll(annotations)
                .put(key, value)
                .buildKeepingLast());
    }

    public ObjectMeta withOwnerReferences(ImmutableList<OwnerReference> ownerReferences) {
        return changed(draft -> draft.ownerReferences = ownerReferences);
    }

    public ObjectMeta withFinalizers(ImmutableList<String> finalizers) {
        return changed(draft -> draft.finalizers = finalizers);
    }

    public ObjectMeta withDeletion(long deletionTimestamp, long deletionGracePeriodSeconds) {
        return changed(draft -> {
            draft.deletionTimestamp = deletionTimestamp;
            draft.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
        });
    }

    public ObjectMeta withCreationTimestamp(long creationTimestamp) {
        return changed(draft -> draft.creationTimestamp = creationTimestamp);
    }

    public ObjectMeta withUid(String uid) {
        return changed(draft -> draft.uid = uid);
    }

    public ObjectMeta withKept(@Nullable JsonNode kept) {
        return changed(draft -> draft.kept = kept);
    }

    public ObjectMeta withVersion(long generation, long resourceVersion) {
        return changed(draft -> {
            draft.generation = generation;
            draft.resourceVersion = resourceVersion;
        });
    }

    /** The metadata as it stands right after creation. */
    ObjectMeta created(String uid, long now, long resourceVersion) {
        return changed(draft -> {
            draft.uid = uid;
            draft.creationTimestamp = Times.stored(now);
            draft.deletionTimestamp = Times.NONE;
            draft.deletionGracePeriodSeconds = 0;
            draft.generation = 1;
            draft.resourceVersion = resourceVersion;
        });
    }

    private ObjectMeta changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The metadata while something in it is being changed. */
    private static final class Draft {
        private final ObjectMeta before;
        private String uid;
        private ImmutableMap<String, String> labels;
        private ImmutableMap<String, String> annotations;
        private ImmutableList<OwnerReference> ownerReferences;
        private ImmutableList<String> finalizers;
        private long creationTimestamp;
        private long deletionTimestamp;
        private long deletionGracePeriodSeconds;
        private long generation;
        private long resourceVersion;
        private @Nullable JsonNode kept;

        Draft(ObjectMeta before) {
            this.before = before;
            this.uid = before.uid;
            this.labels = before.labels;
            this.annotations = before.annotations;
            this.ownerReferences = before.ownerReferences;
            this.finalizers = before.finalizers;
            this.creationTimestamp = before.creationTimestamp;
            this.deletionTimestamp = before.deletionTimestamp;
            this.deletionGracePeriodSeconds = before.deletionGracePeriodSeconds;
            this.generation = before.generation;
            this.resourceVersion = before.resourceVersion;
            this.kept = before.kept;
        }

        ObjectMeta done() {
            return new ObjectMeta(
                    before.name,
                    before.namespace,
                    uid,
                    labels,
                    annotations,
                    ownerReferences,
                    finalizers,
                    creationTimestamp,
                    deletionTimestamp,
                    deletionGracePeriodSeconds,
                    generation,
                    resourceVersion,
                    kept);
        }
    }
}
