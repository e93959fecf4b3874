package dev.wavetank.model;

import dev.wavetank.engine.Simulation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records what a component has to say as Event objects. The same thing said again about the same object raises a count.
 *
 * <p>Differs from Kubernetes: events reach the store in the instant they are recorded and none is dropped by the client's
 * spam filter, so that counting them counts what happened.
 *
 * <p>Source: kubernetes 1.36 client-go tools/record.
 */
public final class EventRecorder {

    private record Sameness(ObjectKey regarding, String fieldPath, String type, String reason, String message) {}

    private final Simulation simulation;
    private final Store store;
    private final String component;
    private final Map<Sameness, ObjectKey> recorded = new LinkedHashMap<>();
    private long sequence;

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
        Sameness sameness = new Sameness(about, fieldPath, type, reason, message);
        ObjectKey known = recorded.get(sameness);
        long now = simulation.now();
        if (known != null && store.get(known) != null) {
            store.patch(known, event -> ((EventObject) event).again(now));
            return;
        }
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        String name = about.name() + "." + component + "." + Long.toHexString(++sequence);
        EventObject event = new EventObject(
                ObjectMeta.named(namespace, name),
                about,
                fieldPath,
                type,
                reason,
                message,
                component,
                1,
                Times.stored(now),
                Times.stored(now));
        recorded.put(sameness, store.create(event).key());
    }
}
