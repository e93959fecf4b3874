package dev.wavetank.http.host;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.engine.Durations;
import dev.wavetank.engine.Simulation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cluster alive on a thread of its own, at a pace tied to the clock on the wall, and lets other threads do things
 * to it between two events.
 *
 * <p>The cluster belongs to that thread: everything else goes through {@link #call} or {@link #submit}. A task finds the
 * cluster brought up to the present moment, and never waits long: time that has to pass is simulated in slices of a few
 * milliseconds.
 */
public final class ClusterHost implements AutoCloseable {

    /** How long tasks wait at most for events under way, in real nanoseconds. */
    private static final long SLICE = 2_000_000;

    /** The longest nap; bounds what a changed speed or a missed wake-up can cost. */
    private static final long LONGEST_NAP = 100_000_000;

    private static final int EVENTS_A_LOOK = 32;

    private record Task<T extends @Nullable Object>(Function<Cluster, T> what, CompletableFuture<T> outcome) {

        void run(Cluster cluster) {
            try {
                outcome.complete(what.apply(cluster));
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            }
        }
    }

    /** Virtual time somebody waits for: run there at full speed. */
    private static final class Goal {
        final long deadline;
        final GoalTest reached;
        final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Goal(long deadline, GoalTest reached) {
            this.deadline = deadline;
            this.reached = reached;
        }
    }

    /** Decides whether a goal is reached; asked after every event. */
    private interface GoalTest {
        GoalTest NEVER = () -> false;

        boolean isReached();
    }

    private final Cluster cluster;
    private final SimulatedClock clock;
    private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
    private final Deque<Goal> goals = new ArrayDeque<>();
    private final Pacing pacing;
    private final SettledLook settledLook;
    private final RateMeter rate = new RateMeter();
    private final Thread thread;
    private Speed speed;
    private boolean paused;
    private int looks;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private ClusterHost(Cluster cluster, SimulatedClock clock, Speed speed, boolean paused) {
        this.cluster = cluster;
        this.clock = clock;
        this.speed = speed;
        this.paused = paused;
        this.settledLook = new SettledLook(cluster);
        this.pacing = new Pacing(speed.underWay(), System.nanoTime(), cluster.now());
        this.thread = new Thread(this::live, "wavetank-simulation");
        this.thread.setDaemon(true);
    }

    /**
     * Takes over a cluster, which nobody may touch directly any more.
     *
     * @param paused true to let time stand still until {@link #resume}, {@link #advance} or the like
     */
    public static ClusterHost start(Cluster cluster, SimulatedClock clock, Speed speed, boolean paused) {
        ClusterHost host = new ClusterHost(cluster, clock, speed, paused);
        host.thread.start();
        return host;
    }

    /** The date that the cluster's virtual time stands for. */
    public SimulatedClock clock() {
        return clock;
    }

    /**
     * Does something to the cluster between two events, at the present moment, and waits for the outcome. On the
     * simulation's own thread it is done at once.
     *
     * @throws RuntimeException whatever the task throws, such as {@link dev.wavetank.model.ApiException}
     * @throws IllegalStateException if the host is closed, or the simulation has failed
     */
    public <T extends @Nullable Object> T call(Function<Cluster, T> task) {
        if (Thread.currentThread() == thread) {
            return task.apply(cluster);
        }
        return await(submit(task));
    }

    /** As {@link #call}, for what has no outcome. */
    public void run(Consumer<Cluster> task) {
        call(cluster -> {
            task.accept(cluster);
            return null;
        });
    }

    /** As {@link #call}, without waiting. The future completes on the simulation's thread. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Function<Cluster, T> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        tasks.add(new Task<>(task, outcome));
        LockSupport.unpark(thread);
        if (closed || failure != null) {
            outcome.completeExceptionally(stopped());
        }
        return outcome;
    }

    private IllegalStateException stopped() {
        RuntimeException cause = failure;
        return cause == null
                ? new IllegalStateException("the simulated cluster has been shut down")
                : new IllegalStateException("the simulation has failed: " + cause.getMessage(), cause);
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Lets time stand still. Requests are still answered, at an unchanging moment. */
    public void pause() {
        run(unused -> paused = true);
    }

    /** Lets time go on at the speed set. */
    public void resume() {
        run(unused -> {
            paused = false;
            anchor();
        });
    }

    public void setSpeed(Speed newSpeed) {
        run(unused -> {
            speed = newSpeed;
            anchor();
        });
    }

    /**
     * Lets a span of virtual time pass as fast as it goes, whether paused or not, and returns when it has.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration span) {
        await(advancing(span));
    }

    /** As {@link #advance}, without waiting. */
    public CompletableFuture<Boolean> advancing(Duration span) {
        if (span.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + span);
        }
        return pursue(now -> new Goal(Math.addExact(now, span.toNanos()), GoalTest.NEVER))
                .thenApply(unused -> true);
    }

    /**
     * Lets time pass as fast as it goes until a virtual instant, in nanoseconds since the cluster was built; does nothing
     * if that has gone by.
     */
    public void jump(long toNanos) {
        await(jumping(toNanos));
    }

    /** As {@link #jump}, without waiting. */
    public CompletableFuture<Boolean> jumping(long toNanos) {
        return pursue(now -> new Goal(Math.max(now, toNanos), GoalTest.NEVER)).thenApply(unused -> true);
    }

    /**
     * Lets time pass as fast as it goes until every workload is what it should be.
     *
     * @param atMost virtual time after which to give up
     * @return false if it gave up
     */
    public boolean settle(Duration atMost) {
        return await(settling(atMost));
    }

    /** As {@link #settle}, without waiting. */
    public CompletableFuture<Boolean> settling(Duration atMost) {
        return pursue(now -> new Goal(Math.addExact(now, atMost.toNanos()), settledLook::isSettled));
    }

    /** Pauses, and goes on to the next moment at which an object changes; false if none does within an hour. */
    public boolean step() {
        return await(stepping());
    }

    /** As {@link #step}, without waiting. */
    public CompletableFuture<Boolean> stepping() {
        return pursue(now -> {
            paused = true;
            long version = cluster.store().resourceVersion();
            return new Goal(
                    Math.addExact(now, Duration.ofHours(1).toNanos()),
                    () -> cluster.store().resourceVersion() != version);
        });
    }

    private CompletableFuture<Boolean> pursue(Function<Long, Goal> goal) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("the simulation cannot wait for itself");
        }
        return submit(owned -> {
                    Goal made = goal.apply(owned.now());
                    goals.add(made);
                    return made;
                })
                .thenCompose(made -> made.done);
    }

    /** Where the clock stands. */
    public ClockState state() {
        return call(owned -> new ClockState(
                owned.now(),
                clock.at(owned.now()),
                speed,
                paused,
                !goals.isEmpty(),
                settledLook.isSettled(),
                paused && goals.isEmpty() ? 0 : rate.perSecond(),
                owned.simulation().fired()));
    }

    /** Ends the simulation's thread; whoever waits is told so. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        try {
            while (!closed) {
                turn();
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
                task.outcome().completeExceptionally(stopped());
            }
            goals.forEach(goal -> goal.done.completeExceptionally(stopped()));
        }
    }

    /** Does what there is to do now, then sleeps until there is more. */
    private void turn() {
        if (!goals.isEmpty()) {
            doTasks();
            hurry(goals.element());
            return;
        }
        if (!paused) {
            keepPace();
        }
        boolean idle = !doTasks();
        if (idle && goals.isEmpty()) {
            nap();
        }
    }

    private boolean doTasks() {
        boolean any = false;
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            any = true;
            task.run(cluster);
        }
        return any;
    }

    private void hurry(Goal goal) {
        boolean reached = goal.reached.isReached();
        if (!reached && cluster.now() < goal.deadline) {
            long end = System.nanoTime() + SLICE;
            cluster.runUntil(() -> goal.reached.isReached() || isOver(end), goal.deadline);
            reached = goal.reached.isReached();
        }
        rate.at(System.nanoTime(), cluster.now());
        if (reached || cluster.now() >= goal.deadline) {
            goals.remove();
            anchor();
            goal.done.complete(reached);
        }
    }

    /** Brings the cluster up to the present, or as far as a slice goes. */
    private void keepPace() {
        if (speed.dependsOnRest()) {
            double factor = settledLook.isSettled() ? speed.atRest() : speed.underWay();
            pacing.change(factor, System.nanoTime(), cluster.now());
        }
        long wall = System.nanoTime();
        long present = Math.max(cluster.now(), pacing.virtualAt(wall));
        cluster.runUntil(() -> isOver(wall + SLICE), present);
        rate.at(wall, cluster.now());
        pacing.forgive(System.nanoTime(), cluster.now());
    }

    private boolean isOver(long end) {
        return (++looks % EVENTS_A_LOOK) == 0 && (System.nanoTime() >= end || closed);
    }

    private void nap() {
        long wait = LONGEST_NAP;
        if (!paused) {
            long next = cluster.simulation().nextEventTime();
            if (next != Simulation.NEVER) {
                wait = Math.min(wait, pacing.waitFor(next, System.nanoTime()));
            }
        }
        if (wait > 0 && tasks.isEmpty() && !closed) {
            LockSupport.parkNanos(this, wait);
        }
    }

    private void anchor() {
        pacing.change(speed.underWay(), System.nanoTime(), cluster.now());
        pacing.anchor(System.nanoTime(), cluster.now());
    }

    @Override
    public String toString() {
        return "ClusterHost at " + Durations.format(call(Cluster::now));
    }
}
