package dev.wavetank.network;

/**
 * IPVS {@code lblc}: remembers the destination of the Service's address and keeps to it until it is overloaded while
 * another is nearly idle, or gone; then the least loaded takes its place.
 *
 * <p>Differs from Kubernetes: what was remembered is given up 24 h after its last use, to the instant; the kernel looks
 * every half hour. A destination that goes and comes back is not remembered; the kernel may.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_lblc.c.
 */
final class LocalityLeastConnection extends ListBalancer {

    static final long EXPIRATION_NANOS = 24L * 3600 * 1_000_000_000;

    private final LeastLoad least = new LeastLoad(list, LoadMeasure.WLC);
    private int remembered = NONE;
    private long lastUse;

    @Override
    void added(int destination) {
        least.added(destination);
    }

    @Override
    void removed(int destination, int predecessor) {
        least.removed(destination);
        if (remembered == destination) {
            remembered = NONE;
        }
    }

    @Override
    void weightChanged(int destination) {
        least.changed(destination);
    }

    @Override
    void loadChanged(int destination) {
        least.changed(destination);
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        boolean fresh = nowNanos - lastUse <= EXPIRATION_NANOS;
        lastUse = nowNanos;
        if (fresh && available(remembered) && !isOverloaded(list, remembered)) {
            return remembered;
        }
        int found = least.find();
        remembered = found == NONE ? remembered : found;
        return found;
    }

    /** More open connections than weight, while some destination has less than half of its own. */
    static boolean isOverloaded(Destinations list, int destination) {
        if (list.active(destination) <= list.weight(destination)) {
            return false;
        }
        for (int other = list.first(); other != NONE; other = list.after(other)) {
            if (list.active(other) * 2L < list.weight(other)) {
                return true;
            }
        }
        return false;
    }

    @Override
    String whyPicked(int picked) {
        return picked
                + " is remembered for the Service's address, or has just replaced one that was overloaded or gone";
    }
}
