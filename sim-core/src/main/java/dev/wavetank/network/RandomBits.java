package dev.wavetank.network;

/** Where a balancer takes its random numbers from: {@code stream::nextInt} in a simulation, a script in a test. */
@FunctionalInterface
public interface RandomBits {

    /** Returns 32 random bits. */
    int next32();

    /**
     * Returns a number from 0 to bound - 1 for one draw, as the kernel scales one: no number is more than bound / 2^32
     * likelier than another.
     *
     * <p>Source: linux 6.12 include/linux/math64.h reciprocal_scale.
     *
     * @param bound at least 1
     */
    default int below(int bound) {
        return (int) (((next32() & 0xffffffffL) * bound) >>> 32);
    }
}
