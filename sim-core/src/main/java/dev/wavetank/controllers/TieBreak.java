package dev.wavetank.controllers;

import dev.wavetank.model.Pod;

/**
 * What decides between pods that a victim order cannot tell apart, as is usual right after a scale-up.
 *
 * <p>Differs from Kubernetes: there the pods come out of a hash map in random order and nothing breaks the tie. Here the
 * pods are put in the order of this number, smallest first, before the victim order has its say.
 */
@FunctionalInterface
public interface TieBreak {

    /** Leaves pods in the order they were given. */
    TieBreak AS_GIVEN = pod -> 0;

    /** Any number; it must depend on nothing but the pod. */
    long of(Pod pod);

    /** An order that looks random and is the same for the same seed: a hash of the seed and the pod's UID. */
    static TieBreak seeded(long seed) {
        return pod -> mix(seed ^ mix(hash(pod.metadata().uid())));
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Spreads every bit over all others; the finalizer of splitmix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
