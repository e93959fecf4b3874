package dev.wavetank.engine;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * One simulated world: a clock that starts at 0, the events still to come, and the random streams of its seed.
 *
 * <p>Events fire in the order of their time, and at one instant in the order in which they were scheduled. Time is a
 * {@code long} in nanoseconds and moves only by firing events or by running up to a given instant. Everything happens
 * on the caller's thread; an instance must not be shared between threads.
 */
public final class Simulation {
    /** What {@link #nextEventTime} returns when nothing is pending; later than, or as late as, any event. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long DEFAULT_LIVELOCK_LIMIT = 10_000_000;

    private final EventQueue queue = new EventQueue();
    private final RandomStreams random;
    private long livelockLimit = DEFAULT_LIVELOCK_LIMIT;
    private long firedAtThisInstant;
    private long fired;
    private boolean running;
    private boolean stopped;

    /** Starts a world at time 0 with nothing pending; the same seed gives the same random streams. */
    public Simulation(long seed) {
        this.random = new RandomStreams(seed);
    }

    /** Returns the random streams of this simulation's seed. */
    public RandomStreams random() {
        return random;
    }

    /** Returns the simulated time in nanoseconds since the start. */
    public long now() {
        return queue.now();
    }

    /**
     * Schedules an event at an instant, behind those already scheduled at that instant.
     *
     * @param timeNanos nanoseconds since the start, not before {@link #now}
     * @return a handle for {@link #cancel}, never 0, so that 0 can stand for "no timer"
     * @throws IllegalArgumentException if the instant is in the past
     */
    public long at(long timeNanos, Event event) {
        if (timeNanos < queue.now()) {
            throw new IllegalArgumentException("cannot schedule an event at " + timeNanos + " ns: it is already "
                    + queue.now() + " ns (" + Durations.format(queue.now()) + ")");
        }
        return queue.add(timeNanos, Objects.requireNonNull(event, "event"));
    }

    /**
     * Schedules an event after a delay; with a delay of 0 it fires at this instant, behind those already due.
     *
     * @param delayNanos nanoseconds from now, at least 0
     * @return a handle for {@link #cancel}, never 0
     * @throws IllegalArgumentException if the delay is negative or leads past the end of time ({@link Long#MAX_VALUE})
     */
    public long after(long delayNanos, Event event) {
        long time = queue.now() + delayNanos;
        if (delayNanos < 0 || time < 0) {
            throw new IllegalArgumentException("cannot schedule an event " + delayNanos + " ns after " + queue.now()
                    + " ns: a delay is at least 0 and ends before " + Long.MAX_VALUE + " ns");
        }
        return queue.add(time, Objects.requireNonNull(event, "event"));
    }

    /**
     * Takes back a scheduled event.
     *
     * @param timer a handle from {@link #at} or {@link #after}; 0 is allowed and does nothing
     * @return false if it has already fired (or is firing), or was cancelled before
     */
    public boolean cancel(long timer) {
        return queue.cancel(timer);
    }

    /**
     * Fires the next event, moving the clock to it.
     *
     * @return false if nothing was pending; the clock then stays where it is
     * @throws EventFailedException if the event throws
     * @throws LivelockException if too many events fired at this instant
     */
    public boolean step() {
        if (queue.isEmpty()) {
            return false;
        }
        enter();
        try {
            return fireNext(Long.MAX_VALUE);
        } finally {
            running = false;
        }
    }

    /**
     * Fires every event due at or before an instant, and leaves the clock exactly there, or, if an event calls
     * {@link #stop}, at that event.
     *
     * @param timeNanos nanoseconds since the start, not before {@link #now}
     */
    public void runUntil(long timeNanos) {
        requireFuture(timeNanos);
        enter();
        try {
            while (!stopped && fireNext(timeNanos)) {}
        } finally {
            running = false;
        }
        if (!stopped) {
            queue.advanceTo(timeNanos);
        }
    }

    /** Runs for a span of time; see {@link #runUntil(long)}. */
    public void runFor(long nanos) {
        runUntil(Math.addExact(queue.now(), nanos));
    }

    /**
     * Fires events until a condition holds. It is tested at the start and after every event.
     *
     * @param done the condition, without side effects
     * @param deadlineNanos the instant at which to give up; events at that instant still fire
     * @return true if the condition holds, with the clock at the event that made it so; false at the deadline, or after
     *     {@link #stop}
     */
    public boolean runUntil(BooleanSupplier done, long deadlineNanos) {
        requireFuture(deadlineNanos);
        enter();
        try {
            while (!done.getAsBoolean()) {
                if (stopped) {
                    return false;
                }
                if (!fireNext(deadlineNanos)) {
                    queue.advanceTo(deadlineNanos);
                    return false;
                }
            }
            return true;
        } finally {
            running = false;
        }
    }

    /** Makes the run that is under way return once the current event is done. Later runs go on as usual. */
    public void stop() {
        stopped = true;
    }

    /** Returns how many events are scheduled and have neither fired nor been cancelled. */
    public int pending() {
        return queue.size();
    }

    /** Returns how many events have fired since the start. */
    public long fired() {
        return fired;
    }

    /** Returns the time of the next event in nanoseconds, or {@link #NEVER} if nothing is pending. Changes nothing. */
    public long nextEventTime() {
        return queue.isEmpty() ? NEVER : queue.nextTime();
    }

    /** Sets how many events may fire at one instant before {@link LivelockException} is thrown; 10 million if not set. */
    public void setLivelockLimit(long events) {
        if (events < 1) {
            throw new IllegalArgumentException("the livelock limit must be at least 1, not " + events);
        }
        this.livelockLimit = events;
    }

    private void enter() {
        if (running) {
            throw new IllegalStateException("an event cannot run the simulation it is part of");
        }
        running = true;
        stopped = false;
    }

    private void requireFuture(long timeNanos) {
        if (timeNanos < queue.now()) {
            throw new IllegalArgumentException("cannot run until " + timeNanos + " ns: it is already " + queue.now()
                    + " ns (" + Durations.format(queue.now()) + ")");
        }
    }

    private boolean fireNext(long limit) {
        long before = queue.now();
        Event event = queue.poll(limit);
        if (event == null) {
            return false;
        }
        fired++;
        if (queue.now() != before) {
            firedAtThisInstant = 0;
        }
        if (++firedAtThisInstant > livelockLimit) {
            throw new LivelockException(before, livelockLimit);
        }
        try {
            event.fire();
        } catch (RuntimeException e) {
            throw new EventFailedException(queue.now(), e);
        }
        return true;
    }
}
