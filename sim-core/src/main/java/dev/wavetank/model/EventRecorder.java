package dev.wavetank.model;

import dev.wavetank.engine.Simulation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what a component has to say as Event objects. The same thing said again about the same object raises a count.
 *
 * <p>Components of a real cluster thin out what they say before they send it, see {@link EventCorrelator}. That is a switch
 * here: off, none is dropped, so that counting events counts what happened.
 *
 * <p>Differs from Kubernetes: events reach the store in the instant they are recorded.
 *
 * <p>Source: kubernetes 1.36 client-go tools/record.
 */
public final class EventRecorder {

    private final Simulation simulation;
    private final Store store;
    private final String component;
    private final @Nullable EventCorrelator correlator;

    /**
     * A recorder for one component.
     *
     * @param correlate thin events out as the real component does
     */
    public EventRecorder(Simulation simulation, Store store, String component, boolean correlate) {
        this.simulation = simulation;
        this.store = store;
        this.component = component;
        this.correlator = correlate ? new EventCorrelator() : null;
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
        long now = simulation.now();
        String said = message;
        String identity = message;
        int count = 0;
        if (correlator != null) {
            EventCorrelator.Correlation correlation =
                    correlator.correlate(about, fieldPath, type, reason, message, now);
            if (correlation.verdict() == EventCorrelator.Verdict.DROP) {
                return;
            }
            said = correlation.message();
            identity = correlation.identity().message();
            count = correlation.count();
        }
        write(regarding, fieldPath, type, reason, said, identity, count, now);
    }

    /**
     * Writes an event to the object that stands for its like.
     *
     * @param identity the message that object began with; empty if it is the one into which similar events are combined
     * @param count how often it happened, or 0 for once more than the store knows of
     */
    private void write(
            KubernetesObject regarding,
            String fieldPath,
            String type,
            String reason,
            String message,
            String identity,
            int count,
            long now) {
        ObjectKey about = regarding.key();
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        EventObject event = new EventObject(
                ObjectMeta.named(namespace, about.name()),
                about,
                regarding.metadata().uid(),
                fieldPath,
                type,
                reason,
                message,
                component,
                Math.max(count, 1),
                Times.stored(now),
                Times.stored(now));
        // the name follows from what is said, so that nobody has to remember what was said before
        long hash = hash(about, fieldPath, type, reason, identity);
        while (true) {
            ObjectKey key = new ObjectKey(
                    ResourceKind.EVENT, namespace, about.name() + "." + component + "." + Long.toHexString(hash));
            KubernetesObject known = store.get(key);
            if (known == null) {
                store.create(event.withMetadata(ObjectMeta.named(namespace, key.name())));
                return;
            }
            EventObject before = (EventObject) known;
            if (identity.isEmpty() ? before.isAbout(event) : before.saysTheSameAs(event)) {
                store.patch(
                        key,
                        again -> ((EventObject) again)
                                .again(event.regardingUid(), now, message, count == 0 ? before.count() + 1 : count));
                return;
            }
            hash++;
        }
    }

    private static long hash(ObjectKey about, String fieldPath, String type, String reason, String message) {
        long hash = 0xcbf29ce484222325L;
        for (String part : List.of(about.kind().plural(), fieldPath, type, reason, message)) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ '\n') * 0x100000001b3L;
        }
        return hash;
    }
}
