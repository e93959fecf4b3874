package dev.wavetank.model;

/** An object of the API as the store holds it: an immutable value; a change is a new value under the same key. */
public interface KubernetesObject {

    ResourceKind kind();

    ObjectMeta metadata();

    /** The same object with other metadata. */
    KubernetesObject withMetadata(ObjectMeta metadata);

    /** True if the two differ in status and bookkeeping at most, so that a write of one over the other is no new generation. */
    boolean hasSameSpecAs(KubernetesObject other);

    /** The key the store files this object under. */
    default ObjectKey key() {
        return new ObjectKey(kind(), metadata().namespace(), metadata().name());
    }
}
