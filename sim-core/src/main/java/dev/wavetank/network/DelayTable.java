package dev.wavetank.network;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;

/**
 * Delays of the network, drawn beforehand: 4,096 draws from their distribution, of which each request takes one at random.
 * A lognormal draw with the exact functions of {@code StrictMath} costs a fifth of everything else in a request's life, and
 * one of these next to nothing; the mean is off by about a sixtieth of a standard deviation.
 */
final class DelayTable {

    private static final int DRAWS = 4_096;

    private final long[] nanos;
    private final RandomStream random;
    private final long meanNanos;

    DelayTable(Distribution distribution, RandomStream random) {
        this.random = random;
        this.meanNanos = (long) distribution.meanNanos();
        this.nanos = new long[distribution instanceof Distribution.Constant ? 1 : DRAWS];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = distribution.sampleNanos(random);
        }
    }

    /** The mean of the distribution. */
    long meanNanos() {
        return meanNanos;
    }

    long next() {
        return nanos[random.nextInt() & (nanos.length - 1)];
    }
}
