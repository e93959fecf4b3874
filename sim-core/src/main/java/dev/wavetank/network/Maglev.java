package dev.wavetank.network;

import java.util.Arrays;

/**
 * IPVS {@code mh}, Maglev hashing: a table of 4093 entries in which each destination, turn by turn, takes the next free
 * entry of a walk of its own; the client's address, and with kube-proxy its port, says which entry. If that entry's
 * destination has weight 0 the connection is refused.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_mh.c; D. E. Eisenbud and others, "Maglev: A Fast and Reliable Software
 * Network Load Balancer", NSDI 2016.
 */
final class Maglev extends ListBalancer {

    /** The kernel's table at its default size; a prime, so that every walk comes by every entry. */
    static final int TABLE_SIZE = 4093;

    /** Turns in a row are cut to this many bits. */
    private static final int TURN_BITS = 6;

    private static final long OFFSET_KEY = 2654435761L;
    private static final long SKIP_KEY = 2654446892L;

    private final BalancerSetting setting;
    private final int[] table = new int[TABLE_SIZE];

    /** The list changed since the table was filled; filling waits for the next pick, as one sync changes much. */
    private boolean stale;

    Maglev(BalancerSetting setting) {
        this.setting = setting;
        Arrays.fill(table, NONE);
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

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        if (stale) {
            fill();
            stale = false;
        }
        int port = setting.hashesClientPort() ? clientPort : 0;
        int destination =
                table[Integer.remainderUnsigned(KernelHash.hsiphash(clientAddress + port, OFFSET_KEY), TABLE_SIZE)];
        return available(destination) ? destination : NONE;
    }

    private void fill() {
        Arrays.fill(table, NONE);
        int[] destinations = new int[list.size()];
        int[] entry = new int[list.size()];
        int[] skip = new int[list.size()];
        int[] turns = new int[list.size()];
        if (!describeWalks(destinations, entry, skip, turns)) {
            return;
        }
        int free = TABLE_SIZE;
        for (int i = 0; free > 0; i = (i + 1) % destinations.length) {
            for (int turn = 0; turn < turns[i] && free > 0; turn++) {
                while (table[entry[i]] != NONE) {
                    entry[i] = (entry[i] + skip[i]) % TABLE_SIZE;
                }
                table[entry[i]] = destinations[i];
                free--;
            }
        }
    }

    /** Fills in the walks in list order; false if no destination has ever had a weight. */
    private boolean describeWalks(int[] destinations, int[] entry, int[] skip, int[] turns) {
        int divisor = 0;
        int heaviest = 0;
        for (int destination = list.first(); destination != NONE; destination = list.after(destination)) {
            divisor = WeightedRoundRobin.gcd(list.lastWeight(destination), divisor);
            heaviest = Math.max(heaviest, list.lastWeight(destination));
        }
        if (divisor == 0) {
            return false;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(heaviest / divisor);
        int shift = Math.max(0, bits - TURN_BITS);
        int i = 0;
        for (int destination = list.first(); destination != NONE; destination = list.after(destination)) {
            int key = setting.addressOf().applyAsInt(destination)
                    + setting.portOf().applyAsInt(destination);
            int lastWeight = list.lastWeight(destination);
            destinations[i] = destination;
            entry[i] = Integer.remainderUnsigned(KernelHash.hsiphash(key, OFFSET_KEY), TABLE_SIZE);
            skip[i] = Integer.remainderUnsigned(KernelHash.hsiphash(key, SKIP_KEY), TABLE_SIZE - 1) + 1;
            // Whoever ever had a weight gets a turn, however light, even while it has none.
            turns[i] = lastWeight == 0 ? 0 : Math.max(1, (lastWeight / divisor) >> shift);
            i++;
        }
        return true;
    }

    @Override
    String whyNone() {
        return list.size() == 0 ? "there is no destination" : "the destination of the table's entry has weight 0";
    }

    @Override
    String whyPicked(int picked) {
        return picked + " has the entry of the table that the client's address"
                + (setting.hashesClientPort() ? " and port fall" : " falls") + " on";
    }
}
