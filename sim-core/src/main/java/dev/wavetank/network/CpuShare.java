package dev.wavetank.network;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.Simulation;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * All requests on the processor are served at the same rate, so it is enough to know how much service each of them would
 * have had that was there from the start, the attained service: a request that arrives when it is v and needs w is done
 * when it is v + w. Between two changes of their number it grows at a constant rate, so a change costs a heap operation and
 * not a walk over all requests.
 *
 * The quota is spent at (requests on the processor, at most the cores) per second, for as long as it lasts in a period of
 * 100 ms; then nothing moves until the next period begins. Periods are counted from the start of the container; that of
 * the kernel's timer stops and starts with the work, at the same phase. A period that ends without the quota being used up
 * needs no event: it is made up for when something else happens.
 *
 * The kernel hands out the quota in slices of 5 ms per processor, and lets a slice run over; left out.
 *
 * Source: linux 6.12 kernel/sched/fair.c, CFS bandwidth control; L. Kleinrock, Queueing Systems II, processor sharing.
 */
/** The processor time of one container, shared evenly by the requests that need it, under the container's CPU limit. */
final class CpuShare implements Event {

    /** {@code cpu.cfs_period_us} as Kubernetes sets it. */
    static final long PERIOD_NANOS = 100_000_000;

    /** Times are whole nanoseconds, so a request that lacks less than half of one is done. */
    private static final double DONE = 0.5;

    private final Simulation simulation;
    private final double cores;
    private double quotaNanos;
    private final long startedAt;

    /** A heap by {@link Request#cpuDoneAt}. */
    private @Nullable Request[] heap = new @Nullable Request[8];

    private int size;
    private double attained;
    private long updatedAt;
    private double usedNanos;
    private double usedInPeriod;
    private long periodStart;
    private boolean throttled;
    private double throttledNanos;
    private long throttledPeriods;
    private long timer;
    private long timerAt;

    /**
     * An idle processor.
     *
     * @param cores how many requests run at full speed
     * @param quotaNanos processor time per period; 0 without limit
     */
    CpuShare(Simulation simulation, double cores, double quotaNanos) {
        this.simulation = simulation;
        this.cores = cores;
        this.quotaNanos = quotaNanos;
        this.startedAt = simulation.now();
        this.updatedAt = startedAt;
        this.periodStart = startedAt;
    }

    /** Processor time used so far. */
    double usedNanos() {
        return usedNanos + busyCores() * (simulation.now() - updatedAt);
    }

    /** Time in which requests waited for the next period. */
    double throttledNanos() {
        return throttledNanos + (throttled ? simulation.now() - updatedAt : 0);
    }

    /** Periods in which the quota was used up. */
    long throttledPeriods() {
        return throttledPeriods;
    }

    int size() {
        return size;
    }

    /** A request needs so much processor time from now on. */
    void add(Request request, double workNanos) {
        advance();
        request.cpuDoneAt = attained + workNanos;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(size++, request);
        boolean timerStillRight = timer != 0 && size <= cores && first() != request && !mayExhaustQuota();
        if (!timerStillRight) {
            arm();
        }
    }

    /** Other processor time per period from now on; what was used in this one counts against it. */
    void setQuota(double quotaNanos) {
        advance();
        this.quotaNanos = quotaNanos;
        throttled = throttled && quotaNanos > 0 && quotaNanos - usedInPeriod < DONE;
        arm();
    }

    /** All requests are gone. */
    void clear() {
        advance();
        Arrays.fill(heap, 0, size, null);
        size = 0;
        throttled = false;
        simulation.cancel(timer);
        timer = 0;
    }

    @Override
    public void fire() {
        timer = 0;
        advance();
        while (size > 0 && first().cpuDoneAt - attained < DONE) {
            Request done = first();
            removeFirst();
            done.cpuDone();
        }
        if (size == 0) {
            attained = 0;
        }
        arm();
    }

    private double busyCores() {
        return throttled ? 0 : Math.min(size, cores);
    }

    /** Brings everything up to now; between two events the rate does not change. */
    private void advance() {
        long now = simulation.now();
        long elapsed = now - updatedAt;
        if (elapsed > 0) {
            double busy = busyCores();
            if (throttled) {
                throttledNanos += elapsed;
            } else if (size > 0) {
                attained += size <= cores ? elapsed : elapsed * cores / size;
                usedNanos += elapsed * busy;
            }
            updatePeriod(now, elapsed, busy);
            updatedAt = now;
        }
    }

    private void updatePeriod(long now, long elapsed, double busy) {
        if (quotaNanos == 0) {
            return;
        }
        if (now - periodStart >= PERIOD_NANOS) {
            periodStart = now - (now - startedAt) % PERIOD_NANOS;
            usedInPeriod = 0;
            throttled = false;
            elapsed = Math.min(elapsed, now - periodStart);
        }
        usedInPeriod += elapsed * busy;
        if (size > 0 && !throttled && quotaNanos - usedInPeriod < DONE) {
            throttled = true;
            throttledPeriods++;
        }
    }

    /** Sets the timer to the next moment at which something changes by itself. */
    private void arm() {
        long next = nextChange();
        if (timer != 0) {
            if (next == timerAt) {
                return;
            }
            simulation.cancel(timer);
            timer = 0;
        }
        if (next != Long.MAX_VALUE) {
            timerAt = next;
            timer = simulation.at(next, this);
        }
    }

    private long nextChange() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        if (throttled) {
            return periodStart + PERIOD_NANOS;
        }
        double busy = Math.min(size, cores);
        double left = Math.max(0, first().cpuDoneAt - attained);
        long done = updatedAt + (long) Math.ceil(size > cores ? left * size / cores : left);
        return mayExhaustQuota() ? Math.min(done, quotaExhausted(busy)) : done;
    }

    /** False if the quota will not be used up at the present rate, neither in this period nor in a later one. */
    private boolean mayExhaustQuota() {
        if (quotaNanos == 0) {
            return false;
        }
        double busy = Math.min(size, cores);
        return busy * PERIOD_NANOS > quotaNanos
                || usedInPeriod + busy * (periodStart + PERIOD_NANOS - updatedAt) > quotaNanos;
    }

    private long quotaExhausted(double busy) {
        long thisPeriod = updatedAt + (long) Math.ceil((quotaNanos - usedInPeriod) / busy);
        long periodEnd = periodStart + PERIOD_NANOS;
        if (thisPeriod < periodEnd) {
            return thisPeriod;
        }
        double needed = quotaNanos / busy;
        return needed < PERIOD_NANOS ? periodEnd + (long) Math.ceil(needed) : Long.MAX_VALUE;
    }

    private Request first() {
        return Objects.requireNonNull(heap[0]);
    }

    private void removeFirst() {
        Request last = Objects.requireNonNull(heap[--size]);
        heap[size] = null;
        if (size > 0) {
            siftDown(last);
        }
    }

    private void siftUp(int place, Request request) {
        int at = place;
        while (at > 0) {
            int parent = (at - 1) / 2;
            Request above = Objects.requireNonNull(heap[parent]);
            if (above.cpuDoneAt <= request.cpuDoneAt) {
                break;
            }
            heap[at] = above;
            at = parent;
        }
        heap[at] = request;
    }

    private void siftDown(Request request) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            Request smaller = Objects.requireNonNull(heap[child]);
            if (child + 1 < size) {
                Request right = Objects.requireNonNull(heap[child + 1]);
                if (right.cpuDoneAt < smaller.cpuDoneAt) {
                    smaller = right;
                    child++;
                }
            }
            if (request.cpuDoneAt <= smaller.cpuDoneAt) {
                break;
            }
            heap[at] = smaller;
            at = child;
        }
        heap[at] = request;
    }
}
