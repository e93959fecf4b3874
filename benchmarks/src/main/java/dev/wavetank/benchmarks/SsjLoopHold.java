package dev.wavetank.benchmarks;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/** The hold model on SSJ's own loop, as its users run it: events whose actions schedule them again. */
final class SsjLoopHold implements HoldModel {
    private final class Again extends Event {
        Again() {
            super(simulator);
        }

        @Override
        public void actions() {
            schedule(delays.nextSeconds());
            if (--left == 0) {
                simulator.stop();
            }
        }
    }

    private final Simulator simulator;
    private final Delays delays;
    private int left;

    SsjLoopHold(EventList list, Delays delays, int pending) {
        this.simulator = new Simulator(list);
        this.delays = delays;
        simulator.init();
        for (int i = 0; i < pending; i++) {
            new Again().schedule(delays.nextSeconds());
        }
    }

    @Override
    public void run(int events) {
        left = events;
        simulator.start();
    }
}
