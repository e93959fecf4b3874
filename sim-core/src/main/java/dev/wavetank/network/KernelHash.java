package dev.wavetank.network;

/** The hash functions of the kernel that IPVS spreads clients with. */
final class KernelHash {

    private static final int GOLDEN_RATIO_32 = 0x61C88647;

    private KernelHash() {}

    /**
     * The upper bits of a multiplication.
     *
     * <p>Source: linux 6.12 include/linux/hash.h hash_32.
     *
     * @param bits how many, 1 to 32
     */
    static int hash32(int value, int bits) {
        return (value * GOLDEN_RATIO_32) >>> (32 - bits);
    }

    /**
     * SipHash-1-3 of one 32-bit word, cut to 32 bits: what hsiphash is on a 64-bit machine.
     *
     * <p>Source: linux 6.12 lib/siphash.c hsiphash_1u32; J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input
     * PRF", 2012.
     *
     * @param key both words of the key
     */
    static int hsiphash(int value, long key) {
        long v0 = 0x736f6d6570736575L ^ key;
        long v1 = 0x646f72616e646f6dL ^ key;
        long v2 = 0x6c7967656e657261L ^ key;
        long v3 = 0x7465646279746573L ^ key;
        long word = 4L << 56 | (value & 0xffffffffL);
        v3 ^= word;
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            if (round == 0) {
                v0 ^= word;
                v2 ^= 0xff;
            }
        }
        return (int) (v0 ^ v1 ^ v2 ^ v3);
    }
}
