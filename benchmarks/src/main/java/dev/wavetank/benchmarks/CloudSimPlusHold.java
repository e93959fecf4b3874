package dev.wavetank.benchmarks;

import ch.qos.logback.classic.Level;
import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.SimEvent;
import org.cloudsimplus.util.Log;

/** The hold model on CloudSim Plus's own loop: one entity that answers each event by scheduling another to itself. */
final class CloudSimPlusHold implements HoldModel {
    private static final int TAG = 10_000;
    private static final double MEAN_SECONDS = 0.02;

    private static final class Repeater extends CloudSimEntity {
        private final Delays delays;
        private final int pending;
        private long processed;

        Repeater(CloudSimPlus simulation, Delays delays, int pending) {
            super(simulation);
            this.delays = delays;
            this.pending = pending;
        }

        @Override
        protected void startInternal() {
            for (int i = 0; i < pending; i++) {
                schedule(delays.nextSeconds(), TAG);
            }
        }

        @Override
        public void processEvent(SimEvent event) {
            if (event.getTag() == TAG) {
                processed++;
                schedule(delays.nextSeconds(), TAG);
            }
        }
    }

    private final CloudSimPlus simulation = new CloudSimPlus();
    private final Repeater repeater;

    CloudSimPlusHold(Delays delays, int pending) {
        Log.setLevel(Level.OFF);
        repeater = new Repeater(simulation, delays, pending);
        simulation.startSync();
    }

    @Override
    public void run(int events) {
        long enough = repeater.processed + events;
        while (repeater.processed < enough) {
            simulation.runFor(MEAN_SECONDS / repeater.pending);
        }
    }
}
