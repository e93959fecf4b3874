package dev.wavetank.model;

import dev.wavetank.engine.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Delivers changes to one watcher, later, but in the order in which they were written: a notice that would overtake an
 * earlier one arrives together with it.
 */
public final class Watch {

    /** Hears of changes. */
    @FunctionalInterface
    public interface Handler {
        void on(WatchEvent event);
    }

    private record Notice(long at, WatchEvent event) {}

    private final Simulation simulation;
    private final WatchDelay delay;
    private final Handler handler;
    private final Deque<Notice> pending = new ArrayDeque<>();
    private long lastArrival;
    private boolean stopped;

    Watch(Simulation simulation, WatchDelay delay, Handler handler) {
        this.simulation = simulation;
        this.delay = delay;
        this.handler = handler;
    }

    /** Ends the watch: nothing more is delivered, not even what is already on its way. */
    public void stop() {
        stopped = true;
        pending.clear();
    }

    void offer(WatchEvent event) {
        if (stopped) {
            return;
        }
        if (delay == WatchDelay.NONE) {
            handler.on(event);
            return;
        }
        lastArrival = Math.max(lastArrival, simulation.now() + delay.nextNanos());
        pending.add(new Notice(lastArrival, event));
        if (pending.size() == 1) {
            simulation.at(lastArrival, this::deliver);
        }
    }

    private void deliver() {
        while (!pending.isEmpty() && pending.peek().at() <= simulation.now()) {
            handler.on(pending.remove().event());
        }
        if (!pending.isEmpty()) {
            simulation.at(pending.peek().at(), this::deliver);
        }
    }
}
