package dev.wavetank.model;

import java.util.Comparator;

/**
 * Names one object in the store.
 *
 * @param namespace empty for kinds that belong to the cluster as a whole
 */
public record ObjectKey(ResourceKind kind, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(
                    (ObjectKey key) -> key.kind().plural())
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    /** Kinds are few and kept apart mostly; texts remember their hash, which a generated method over all parts would not. */
    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
