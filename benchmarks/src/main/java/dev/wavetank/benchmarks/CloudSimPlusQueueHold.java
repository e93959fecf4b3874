package dev.wavetank.benchmarks;

import org.cloudsimplus.core.SimEntity;
import org.cloudsimplus.core.events.CloudSimEvent;
import org.cloudsimplus.core.events.FutureQueue;
import org.cloudsimplus.core.events.SimEvent;

/** The hold model on CloudSim Plus's {@link FutureQueue}; its events are immutable, so each is a new one. */
final class CloudSimPlusQueueHold implements HoldModel {
    private final FutureQueue queue = new FutureQueue();
    private final Delays delays;

    CloudSimPlusQueueHold(Delays delays, int pending) {
        this.delays = delays;
        for (int i = 0; i < pending; i++) {
            schedule(0);
        }
    }

    private void schedule(double now) {
        queue.addEvent(new CloudSimEvent(
                SimEvent.Type.SEND, now + delays.nextSeconds(), SimEntity.NULL, SimEntity.NULL, 0, null));
    }

    @Override
    public void run(int events) {
        for (int i = 0; i < events; i++) {
            SimEvent first = queue.first();
            queue.remove(first);
            schedule(first.getTime());
        }
    }
}
