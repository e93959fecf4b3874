package dev.wavetank.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A component's own copy of all objects of one kind, as old as its watch is slow. Controllers read this and not the store,
 * as the real ones do: much of their behaviour comes from looking at a world that has moved on.
 */
public final class Informer<T extends KubernetesObject> {

    /** Hears of a change after the copy has been brought up to date. */
    @FunctionalInterface
    public interface Handler<T> {
        /**
         * Hears of a change.
         *
         * @param before as the copy had it; null if it is new
         * @param after as it is now; null if it is gone
         */
        void on(@Nullable T before, @Nullable T after);
    }

    /** Finds objects by a property, without walking all of them. */
    public static final class Index<T> {

        /** The value of a property by which an object is not to be found. */
        public static final String NOWHERE = "\0";

        private final Function<T, String> property;
        private final Map<String, Map<ObjectKey, T>> objects = new HashMap<>();

        private Index(Function<T, String> property) {
            this.property = property;
        }

        /** The objects with this value, in the order in which they came to have it. */
        public Collection<T> get(String value) {
            return Collections.unmodifiableCollection(
                    objects.getOrDefault(value, Map.of()).values());
        }

        /** Moves an object to where it is to be found now; null stands for "not there". */
        private void replace(ObjectKey key, @Nullable T before, @Nullable T after) {
            String was = before == null ? NOWHERE : property.apply(before);
            String is = after == null ? NOWHERE : property.apply(after);
            if (!was.equals(is) && !was.equals(NOWHERE)) {
                remove(key, was);
            }
            if (after != null && !is.equals(NOWHERE)) {
                objects.computeIfAbsent(is, unused -> new LinkedHashMap<>()).put(key, after);
            }
        }

        private void remove(ObjectKey key, String value) {
            Map<ObjectKey, T> same = objects.get(value);
            if (same != null) {
                same.remove(key);
                if (same.isEmpty()) {
                    objects.remove(value);
                }
            }
        }
    }

    private final Class<T> type;
    private final Map<ObjectKey, T> objects = new LinkedHashMap<>();
    private final List<Index<T>> indices = new ArrayList<>();
    private final List<Handler<T>> handlers = new ArrayList<>();

    public Informer(Store store, ResourceKind kind, Class<T> type, WatchDelay delay) {
        this.type = type;
        for (KubernetesObject object : store.list(kind)) {
            objects.put(object.key(), type.cast(object));
        }
        store.watch(kind, delay, this::on);
    }

    /** Keeps an index by {@code property} from now on; the property may be empty or {@link Index#NOWHERE}, but not null. */
    public Index<T> indexBy(Function<T, String> property) {
        Index<T> index = new Index<>(property);
        objects.forEach((key, object) -> index.replace(key, null, object));
        indices.add(index);
        return index;
    }

    /** Calls {@code handler} after every change, in the order in which handlers were added. */
    public void onChange(Handler<T> handler) {
        handlers.add(handler);
    }

    public @Nullable T get(ObjectKey key) {
        return objects.get(key);
    }

    /** All objects, in the order in which they were first seen. */
    public Collection<T> list() {
        return Collections.unmodifiableCollection(objects.values());
    }

    private void on(WatchEvent event) {
        T object = type.cast(event.object());
        ObjectKey key = object.key();
        boolean gone = event.type() == WatchEvent.Type.DELETED;
        T before = gone ? objects.remove(key) : objects.put(key, object);
        for (Index<T> index : indices) {
            index.replace(key, before, gone ? null : object);
        }
        for (Handler<T> handler : handlers) {
            handler.on(before, gone ? null : object);
        }
    }
}
