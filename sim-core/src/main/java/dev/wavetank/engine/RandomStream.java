package dev.wavetank.engine;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * One stream of random numbers, the same on every machine and JDK; see {@link RandomStreams#stream}.
 *
 * <p>The generator is L64X128MixRandom, written out here so that no JDK can change it under us: the one in
 * {@code java.util.random} is looked up by name among providers, and its bounded and exponential draws are not
 * specified at all. It was chosen for its 2^192 period, good results in TestU01 and PractRand, and a cost of about a
 * nanosecond. Not for secrets.
 *
 * <p>Source: G. L. Steele and S. Vigna, "LXM: Better Splittable Pseudorandom Number Generators (and Almost as Fast)",
 * OOPSLA 2021. Bounded draws: D. Lemire, "Fast Random Integer Generation in an Interval", TOMACS 29(1), 2019.
 */
public final class RandomStream {
    private static final long MULTIPLIER = 0xd1342543de82ef95L;
    private static final long MIX = 0xdaba0b6eb09322e3L;

    /** The odd addend of the linear congruential half; constant, and different between streams. */
    private final long addend;

    private long congruential;
    private long xor0;
    private long xor1;
    private double spareGaussian = Double.NaN;

    /** Takes its state from 32 bytes: addend, congruential half, xor half; four big-endian longs. */
    RandomStream(byte[] state) {
        ByteBuffer longs = ByteBuffer.wrap(state);
        this.addend = longs.getLong() | 1;
        this.congruential = longs.getLong();
        this.xor0 = longs.getLong();
        this.xor1 = longs.getLong();
        if ((xor0 | xor1) == 0) {
            throw new IllegalArgumentException("the last 16 bytes of a state must not all be 0");
        }
    }

    /** Returns 64 random bits. */
    public long nextLong() {
        long mixed = congruential + xor0;
        mixed = (mixed ^ (mixed >>> 32)) * MIX;
        mixed = (mixed ^ (mixed >>> 32)) * MIX;
        mixed ^= mixed >>> 32;

        congruential = MULTIPLIER * congruential + addend;
        long x1 = xor1 ^ xor0;
        xor0 = Long.rotateLeft(xor0, 24) ^ x1 ^ (x1 << 16);
        xor1 = Long.rotateLeft(x1, 37);
        return mixed;
    }

    /** Returns 32 random bits. */
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** Returns a number from 0 to bound - 1, each exactly as likely as the others; the bound is at least 1. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("a bound must be at least 1, not " + bound);
        }
        long product = (nextLong() >>> 32) * bound;
        if ((product & 0xffffffffL) < bound) {
            long surplus = (1L << 32) % bound;
            while ((product & 0xffffffffL) < surplus) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** Returns a number from 0 up to, but not including, 1, in steps of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Returns true with a probability from 0 (never) to 1 (always). */
    public boolean nextBoolean(double probability) {
        return nextDouble() < probability;
    }

    /** Returns an exponentially distributed number of that mean, in the mean's unit; see {@link ExponentialZiggurat}. */
    public double nextExponential(double mean) {
        return mean * ExponentialZiggurat.next(this);
    }

    /** Returns a normally distributed number with mean 0 and standard deviation 1. */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        while (true) { // Marsaglia's polar method: a point in the unit disc gives two numbers
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spareGaussian = y * scale;
                return x * scale;
            }
        }
    }

    /** Puts a list in random order, every order being equally likely. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, nextInt(i + 1));
        }
    }
}
