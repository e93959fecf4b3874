package dev.wavetank.demo;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Keeps the calling thread busy. */
final class Busy {

    private static final long BETWEEN_LOOKS = 10_000;

    private Busy() {}

    /**
     * Computes until that much time has passed on the clock, whatever share of a CPU the thread gets meanwhile.
     *
     * @return how many rounds were done, which shows what share it got
     */
    static long forNanos(long nanos) {
        long start = System.nanoTime();
        long rounds = 0;
        long value = start;
        while (System.nanoTime() - start < nanos) {
            value = compute(value);
            rounds++;
        }
        return value == 0 ? rounds + 1 : rounds;
    }

    /** Computes until the thread itself has used that much CPU time; under a CPU limit this takes longer on the clock. */
    static void forCpuNanos(long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported()) {
            forNanos(nanos);
            return;
        }
        long start = threads.getCurrentThreadCpuTime();
        long value = start;
        while (threads.getCurrentThreadCpuTime() - start < nanos) {
            value = compute(value);
        }
        if (value == 0) {
            Thread.onSpinWait();
        }
    }

    private static long compute(long value) {
        long mixed = value | 1;
        for (int i = 0; i < BETWEEN_LOOKS; i++) {
            mixed ^= mixed << 13;
            mixed ^= mixed >>> 7;
            mixed ^= mixed << 17;
        }
        return mixed;
    }
}
