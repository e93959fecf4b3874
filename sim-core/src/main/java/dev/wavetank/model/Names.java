package dev.wavetank.model;

import dev.wavetank.engine.RandomStream;

/**
 * Makes the names and uids the API server makes, from the simulation's seed.
 *
 * <p>Source: kubernetes 1.36 apiserver pkg/storage/names (suffix of five, prefix cut to 58) and apimachinery
 * pkg/util/rand (alphabet without vowels and look-alikes).
 */
public final class Names {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_PREFIX_LENGTH = 58;

    private final RandomStream suffixes;
    private final RandomStream uids;

    Names(RandomStream suffixes, RandomStream uids) {
        this.suffixes = suffixes;
        this.uids = uids;
    }

    /** A name from a {@code generateName} such as {@code web-6d5f9-}. */
    public String generate(String prefix) {
        StringBuilder name =
                new StringBuilder(prefix.substring(0, Math.min(prefix.length(), MAX_PREFIX_LENGTH)));
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(ALPHABET.charAt(suffixes.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** A version 4 UUID. */
    String uid() {
        long high = (uids.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (uids.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new java.util.UUID(high, low).toString();
    }
}
