package dev.wavetank.network;

/**
 * IPVS {@code fo} and {@code ovf}: the heaviest available destination takes everything; with {@code ovf} only while it
 * has no more open connections than weight, after which the next heaviest takes the rest.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_fo.c and ip_vs_ovf.c.
 */
final class HeaviestFirst extends ListBalancer {

    private final boolean overflows;

    /**
     * @param overflows true for {@code ovf}, false for {@code fo}
     */
    HeaviestFirst(boolean overflows) {
        this.overflows = overflows;
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        int heaviest = NONE;
        for (int candidate = list.first(); candidate != NONE; candidate = list.after(candidate)) {
            boolean takesMore = !overflows || list.active(candidate) <= list.weight(candidate);
            int bar = heaviest == NONE ? 0 : list.weight(heaviest);
            if (takesMore && list.weight(candidate) > bar) {
                heaviest = candidate;
            }
        }
        return heaviest;
    }

    @Override
    String whyNone() {
        return overflows ? "every destination has more open connections than weight, or weight 0" : super.whyNone();
    }

    @Override
    String whyPicked(int picked) {
        return picked + " has the highest weight, " + list.weight(picked)
                + (overflows ? ", of those with no more open connections than weight" : "");
    }
}
