package dev.wavetank.model;

import dev.wavetank.engine.Simulation;
import java.util.List;

/**
 * Records what a component has to say as Event objects. The same thing said again about the same object raises a count.
 *
 * <p>Differs from Kubernetes: events reach the store in the instant they are recorded and none is dropped by the client's
 * spam filter, so that counting them counts what happened.
 *
 * <p>Source: kubernetes 1.36 client-go tools/record.
 */
public final class EventRecorder {

    private final Simulation simulation;
    private final Store store;
    private final String component;

    public EventRecorder(Simulation simulation, Store store, String component) {
        this.simulation = simulation;
        this.store = store;
        this.component = component;
    }

    public void normal(KubernetesObject regarding, String reason, String message) {
        record(regarding, "", "Normal", reason, message);
    }

    public void warning(KubernetesObject regarding, String reason, String message) {
        record(regarding, "", "Warning", reason, message);
    }

    /** Records an event about a part of an object, such as one container. */
    public void record(KubernetesObject regarding, String fieldPath, String type, String reason, String message) {
        ObjectKey about = regarding.key();
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        long now = simulation.now();
        EventObject event = new EventObject(
                ObjectMeta.named(namespace, about.name()),
                about,
                regarding.metadata().uid(),
                fieldPath,
                type,
                reason,
                message,
                component,
                1,
                Times.stored(now),
                Times.stored(now));
        // the name follows from what is said, so that nobody has to remember what was said before
        long hash = hash(event);
        while (true) {
            ObjectKey key = new ObjectKey(
                    ResourceKind.EVENT, namespace, about.name() + "." + component + "." + Long.toHexString(hash));
            KubernetesObject known = store.get(key);
            if (known == null) {
                store.create(event.withMetadata(ObjectMeta.named(namespace, key.name())));
                return;
            }
            if (((EventObject) known).saysTheSameAs(event)) {
                store.patch(key, again -> ((EventObject) again).again(event.regardingUid(), now));
                return;
            }
            hash++;
        }
    }

    private static long hash(EventObject event) {
        long hash = 0xcbf29ce484222325L;
        for (String part : List.of(
                event.regarding().kind().plural(), event.fieldPath(), event.type(), event.reason(), event.message())) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ '\n') * 0x100000001b3L;
        }
        return hash;
    }
}
