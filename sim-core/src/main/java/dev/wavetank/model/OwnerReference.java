package dev.wavetank.model;

/**
 * Says which object this one belongs to.
 *
 * @param controller true for the one owner that manages the object
 * @param blockOwnerDeletion true if a foreground deletion of the owner waits for this object
 */
public record OwnerReference(
        ResourceKind kind, String name, String uid, boolean controller, boolean blockOwnerDeletion) {

    /** The reference a controller puts on what it creates. */
    public static OwnerReference controllerOf(KubernetesObject owner) {
        ObjectMeta metadata = owner.metadata();
        return new OwnerReference(owner.kind(), metadata.name(), metadata.uid(), true, true);
    }
}
