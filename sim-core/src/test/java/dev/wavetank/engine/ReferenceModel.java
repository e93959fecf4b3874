package dev.wavetank.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a simulation should do, written as plainly as possible: a list, and the smallest (time, sequence) in it. */
final class ReferenceModel {
    record Pending(long time, int id) {}

    private static final Comparator<Pending> ORDER =
            Comparator.comparingLong(Pending::time).thenComparingInt(Pending::id);

    final List<Pending> pending = new ArrayList<>();
    final List<Integer> fired = new ArrayList<>();
    long now;

    /** Schedules; ids grow with every call, so they are the order of scheduling too. */
    void at(long time, int id) {
        pending.add(new Pending(time, id));
    }

    boolean cancel(int id) {
        return pending.removeIf(p -> p.id == id);
    }

    boolean step() {
        Optional<Pending> next = next();
        next.ifPresent(this::fire);
        return next.isPresent();
    }

    void runUntil(long time) {
        for (Optional<Pending> next = next(); next.isPresent() && next.get().time <= time; next = next()) {
            fire(next.get());
        }
        now = time;
    }

    long nextEventTime() {
        return next().map(Pending::time).orElse(Simulation.NEVER);
    }

    private Optional<Pending> next() {
        return pending.stream().min(ORDER);
    }

    private void fire(Pending next) {
        pending.remove(next);
        now = next.time;
        fired.add(next.id);
    }
}
