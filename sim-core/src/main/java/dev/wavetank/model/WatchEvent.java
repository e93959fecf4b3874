package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * One change as a watch delivers it.
 *
 * @param before the object before the change; null for ADDED
 * @param object the object after the change; for DELETED as it last was
 */
public record WatchEvent(Type type, @Nullable KubernetesObject before, KubernetesObject object) {

    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
