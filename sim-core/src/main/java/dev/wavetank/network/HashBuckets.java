package dev.wavetank.network;

/**
 * IPVS {@code sh} and {@code dh}: 256 buckets dealt out to the destinations in list order; the address of the client, or
 * for {@code dh} of the Service, says which bucket. If that bucket's destination has weight 0 the connection is refused.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_sh.c and ip_vs_dh.c.
 */
final class HashBuckets extends ListBalancer {

    private static final int BITS = 8;

    private final int[] buckets = new int[1 << BITS];
    private final boolean byClient;
    private final int virtualAddress;

    private HashBuckets(boolean byClient, int virtualAddress) {
        this.byClient = byClient;
        this.virtualAddress = virtualAddress;
        deal();
    }

    /** A client always goes to the same destination. */
    static HashBuckets bySource() {
        return new HashBuckets(true, 0);
    }

    /** All connections to one address go to the same destination. */
    static HashBuckets byDestination(int virtualAddress) {
        return new HashBuckets(false, virtualAddress);
    }

    @Override
    void added(int destination) {
        deal();
    }

    @Override
    void removed(int destination, int predecessor) {
        deal();
    }

    /** Only {@code sh} deals its buckets by weight. */
    @Override
    void weightChanged(int destination) {
        if (byClient) {
            deal();
        }
    }

    /** Deals one bucket at a time round the list, or to each as many as it weighs; a weight of 0 gets one too. */
    private void deal() {
        int destination = NONE;
        int left = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            if (left == 0 && list.size() > 0) {
                destination = list.after(destination);
                if (destination == NONE) {
                    destination = list.first();
                }
                left = byClient ? Math.max(1, list.weight(destination)) : 1;
            }
            left--;
            buckets[bucket] = list.size() == 0 ? NONE : destination;
        }
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        int destination = buckets[KernelHash.hash32(byClient ? clientAddress : virtualAddress, BITS)];
        return available(destination) ? destination : NONE;
    }

    @Override
    String whyNone() {
        return list.size() == 0 ? "there is no destination" : "the destination of the bucket has weight 0";
    }

    @Override
    String whyPicked(int picked) {
        return picked + " has the bucket that the " + (byClient ? "client's" : "Service's") + " address falls into";
    }
}
