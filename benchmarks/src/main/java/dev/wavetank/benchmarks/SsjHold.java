package dev.wavetank.benchmarks;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/** The hold model on one of SSJ's event lists, without the loop around it, which costs extra. */
final class SsjHold implements HoldModel {
    private static final class Nothing extends Event {
        Nothing(Simulator simulator) {
            super(simulator);
        }

        void moveTo(double time) {
            eventTime = time; // as SSJ's loop does; the public setter wants a detour that would only cost time
        }

        @Override
        public void actions() {}
    }

    private final EventList list;
    private final Delays delays;

    SsjHold(EventList list, Delays delays, int pending) {
        this.list = list;
        this.delays = delays;
        Simulator simulator = new Simulator(list);
        for (int i = 0; i < pending; i++) {
            schedule(0, new Nothing(simulator));
        }
    }

    private void schedule(double now, Nothing event) {
        event.moveTo(now + delays.nextSeconds());
        list.add(event);
    }

    @Override
    public void run(int events) {
        for (int i = 0; i < events; i++) {
            Nothing first = (Nothing) list.removeFirst();
            schedule(first.time(), first);
        }
    }
}
