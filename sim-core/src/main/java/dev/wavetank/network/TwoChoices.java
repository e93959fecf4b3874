package dev.wavetank.network;

import java.util.Arrays;

/**
 * {@code p2c}, the power of two choices: of two destinations drawn at random the one with fewer open connections, or the
 * first drawn if they have as many. No mode of kube-proxy; common in proxies and client libraries.
 *
 * <p>Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", TPDS 12(10), 2001.
 */
class TwoChoices extends ListBalancer {

    /** Those with weights above 0, in list order. */
    private int[] candidates = new int[0];

    /** The list changed since they were collected. */
    private boolean stale;

    /** True if a connection had better go to {@code challenger} than to {@code first}. */
    boolean better(int challenger, int first, long nowNanos) {
        return list.active(challenger) < list.active(first);
    }

    String measure(int destination) {
        return list.active(destination) + " open connections";
    }

    @Override
    void added(int destination) {
        stale = true;
    }

    @Override
    void removed(int destination, int predecessor) {
        stale = true;
    }

    @Override
    void weightChanged(int destination) {
        stale = true;
    }

    private void collect() {
        int[] collected = new int[list.size()];
        int count = 0;
        for (int destination = list.first(); destination != NONE; destination = list.after(destination)) {
            if (list.weight(destination) > 0) {
                collected[count++] = destination;
            }
        }
        candidates = Arrays.copyOf(collected, count);
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        if (stale) {
            collect();
            stale = false;
        }
        if (candidates.length < 2) {
            return candidates.length == 0 ? NONE : candidates[0];
        }
        int i = random.below(candidates.length);
        int j = random.below(candidates.length - 1);
        int first = candidates[i];
        int challenger = candidates[j < i ? j : j + 1];
        return better(challenger, first, nowNanos) ? challenger : first;
    }

    @Override
    String whyPicked(int picked) {
        return picked + ", with " + measure(picked) + ", is the better of two drawn at random";
    }
}
