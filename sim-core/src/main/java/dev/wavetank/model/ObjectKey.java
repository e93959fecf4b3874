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

    /**
     * Leaves out the kind, since tables keep kinds apart mostly, and stirs: names of one workload differ in their last letters
     * only, and so do the plain hashes of them.
     */
    @Override
    public int hashCode() {
        return (31 * namespace.hashCode() + name.hashCode()) * 0x9E3779B9;
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
