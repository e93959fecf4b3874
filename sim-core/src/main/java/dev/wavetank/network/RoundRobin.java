package dev.wavetank.network;

/**
 * IPVS {@code rr}: the next available destination after the last one picked.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_rr.c.
 */
final class RoundRobin extends ListBalancer {

    /** The last pick; {@link #NONE}, the list's head, at first. Newcomers and weights do not move it. */
    private int pointer = NONE;

    @Override
    void removed(int destination, int predecessor) {
        if (pointer == destination) {
            pointer = predecessor;
        }
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        int candidate = pointer;
        for (int steps = list.size(); steps > 0; steps--) {
            candidate = list.after(candidate);
            if (candidate == NONE) {
                candidate = list.first();
            }
            if (list.weight(candidate) > 0) {
                pointer = candidate;
                return candidate;
            }
        }
        return NONE;
    }

    @Override
    String whyPicked(int picked) {
        return picked + " is the next of " + list.size() + " in turn";
    }
}
