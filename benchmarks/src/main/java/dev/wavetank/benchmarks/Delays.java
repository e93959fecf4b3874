package dev.wavetank.benchmarks;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;

/** Exponential delays with a mean of 20 ms, drawn beforehand, so that no one's random numbers are measured. */
final class Delays {
    private static final int COUNT = 1 << 14;
    private static final double MEAN_NANOS = 20e6;

    private final long[] nanos = new long[COUNT];
    private final double[] seconds = new double[COUNT];
    private int next;

    Delays() {
        RandomStream random = new RandomStreams(1).stream("delays");
        for (int i = 0; i < COUNT; i++) {
            nanos[i] = (long) random.nextExponential(MEAN_NANOS);
            seconds[i] = nanos[i] / 1e9;
        }
    }

    long nextNanos() {
        return nanos[next++ & (COUNT - 1)];
    }

    double nextSeconds() {
        return seconds[next++ & (COUNT - 1)];
    }
}
