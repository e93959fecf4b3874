package dev.wavetank.autoscaling;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Times;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The HPA controller's queue: whatever enters it comes out one sync period later. No jitter, no back-off, no retry; a key
 * that waits already keeps its place.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/rate_limiters.go and horizontal.go.
 */
final class HpaQueue {

    /** {@code --horizontal-pod-autoscaler-sync-period}. */
    static final long SYNC_PERIOD = 15 * Times.SECOND;

    /** {@code --concurrent-horizontal-pod-autoscaler-syncs}. */
    private static final int WORKERS = 5;

    private final Simulation simulation;
    private final BiConsumer<ObjectKey, Runnable> sync;
    private final Set<ObjectKey> waiting = new HashSet<>();
    private final Set<ObjectKey> inWork = new HashSet<>();
    private final Set<ObjectKey> ready = new LinkedHashSet<>();

    /** A queue whose keys {@code sync} works on; it runs what it is handed when a sync is over. */
    HpaQueue(Simulation simulation, BiConsumer<ObjectKey, Runnable> sync) {
        this.simulation = simulation;
        this.sync = sync;
    }

    void add(ObjectKey key) {
        if (waiting.add(key)) {
            simulation.after(SYNC_PERIOD, () -> {
                waiting.remove(key);
                ready.add(key);
                work();
            });
        }
    }

    private void work() {
        for (Iterator<ObjectKey> keys = ready.iterator(); keys.hasNext() && inWork.size() < WORKERS; ) {
            ObjectKey key = keys.next();
            // a key that is still in work waits until that is over
            if (inWork.add(key)) {
                keys.remove();
                sync.accept(key, () -> {
                    inWork.remove(key);
                    simulation.after(0, this::work);
                });
            }
        }
    }
}
