package dev.wavetank.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who went where lately: what iptables and nftables remember of clients for sessionAffinity ClientIP, on one node and for
 * one port of a Service. All ways to reach that port share it.
 *
 * <p>Each destination has a table of its own: client address to the time of its last <em>new</em> connection; traffic on
 * an open one does not count. A table lives as long as its endpoint is in the rules, so an endpoint that comes back has
 * forgotten its clients.
 *
 * <p>Source: linux 6.12 net/netfilter/xt_recent.c, nft_dynset.c and nft_set_hash.c.
 */
public final class AffinityTable {

    /** How the two kinds of table differ. */
    private enum Kind {
        /** Holds 100 clients per endpoint, a newcomer pushes out the longest idle; sticky up to the timeout, inclusive. */
        XT_RECENT(100),
        /** Holds 65535 clients per endpoint, a newcomer to a full one is not remembered; sticky short of the timeout. */
        NFT_SET(65535);

        private final int capacity;

        Kind(int capacity) {
            this.capacity = capacity;
        }

        boolean sticks(long ageNanos, long timeoutNanos) {
            return this == XT_RECENT ? ageNanos <= timeoutNanos : ageNanos < timeoutNanos;
        }
    }

    /** One client in the table of one destination; a link in two chains. */
    private static final class Entry {
        final int client;
        final int destination;
        long stamp;
        /** The same client in another destination's table. */
        @Nullable
        Entry sameClient;
        /** Neighbours in this destination's table, idle ones first. */
        @Nullable
        Entry olderEntry;

        @Nullable
        Entry newerEntry;

        Entry(int client, int destination) {
            this.client = client;
            this.destination = destination;
        }
    }

    /** The table of one destination, from the longest idle client to the latest. */
    private static final class Clients {
        @Nullable
        Entry oldest;

        @Nullable
        Entry newest;

        int size;

        void append(Entry entry) {
            entry.olderEntry = newest;
            entry.newerEntry = null;
            if (newest == null) {
                oldest = entry;
            } else {
                newest.newerEntry = entry;
            }
            newest = entry;
            size++;
        }

        void unlink(Entry entry) {
            if (entry.olderEntry == null) {
                oldest = entry.newerEntry;
            } else {
                entry.olderEntry.newerEntry = entry.newerEntry;
            }
            if (entry.newerEntry == null) {
                newest = entry.olderEntry;
            } else {
                entry.newerEntry.olderEntry = entry.olderEntry;
            }
            size--;
        }
    }

    private final Kind kind;
    private final long timeoutNanos;

    private final IntMap<Entry> firstOfClient = new IntMap<>();

    private final List<@Nullable Clients> byDestination = new ArrayList<>();

    private AffinityTable(Kind kind, long timeoutNanos) {
        this.kind = kind;
        this.timeoutNanos = timeoutNanos;
    }

    /** Tables as iptables' recent match keeps them; the kernel's clock ticks every 4 ms or so, ours does not. */
    public static AffinityTable iptables(long timeoutNanos) {
        return new AffinityTable(Kind.XT_RECENT, timeoutNanos);
    }

    /** Sets as nftables keeps them; the kernel's may forget a tick of some 4 ms early, ours do not. */
    public static AffinityTable nftables(long timeoutNanos) {
        return new AffinityTable(Kind.NFT_SET, timeoutNanos);
    }

    /**
     * Finds where a client has to go on.
     *
     * @param rank for each destination its place among the rules, or a negative number if it has none; the first in place
     *     that knows the client wins
     * @return a destination, or {@link Balancer#NONE} if none knows the client
     */
    public int find(int client, long nowNanos, int[] rank) {
        int found = Balancer.NONE;
        for (Entry entry = firstOfClient.get(client); entry != null; entry = entry.sameClient) {
            int destination = entry.destination;
            boolean inRules = destination < rank.length && rank[destination] >= 0;
            if (inRules
                    && kind.sticks(nowNanos - entry.stamp, timeoutNanos)
                    && (found == Balancer.NONE || rank[destination] < rank[found])) {
                found = destination;
            }
        }
        return found;
    }

    /** Notes that a client has just been sent to a destination; its timeout starts anew. */
    public void stamp(int client, int destination, long nowNanos) {
        Clients clients = clientsOf(destination);
        Entry entry = entry(client, destination);
        if (entry != null) {
            clients.unlink(entry);
        } else {
            if (clients.size >= kind.capacity && !makeRoom(clients, nowNanos)) {
                return;
            }
            entry = new Entry(client, destination);
            entry.sameClient = firstOfClient.get(client);
            firstOfClient.put(client, entry);
        }
        entry.stamp = nowNanos;
        clients.append(entry);
    }

    private boolean makeRoom(Clients clients, long nowNanos) {
        Entry oldest = clients.oldest;
        if (oldest == null || (kind == Kind.NFT_SET && kind.sticks(nowNanos - oldest.stamp, timeoutNanos))) {
            return false;
        }
        clients.unlink(oldest);
        unlinkFromClient(oldest);
        return true;
    }

    /** Drops the table of a destination that left the rules. */
    public void forget(int destination) {
        Clients clients = destination < byDestination.size() ? byDestination.get(destination) : null;
        if (clients != null) {
            for (Entry entry = clients.oldest; entry != null; entry = entry.newerEntry) {
                unlinkFromClient(entry);
            }
            byDestination.set(destination, null);
        }
    }

    /** Drops the tables of all destinations but these. */
    public void retain(int[] destinations) {
        int[] ranks = ranks(destinations);
        for (int destination = 0; destination < byDestination.size(); destination++) {
            if (destination >= ranks.length || ranks[destination] < 0) {
                forget(destination);
            }
        }
    }

    /** How many clients a destination remembers, those included whose time is over. */
    public int size(int destination) {
        Clients clients = destination < byDestination.size() ? byDestination.get(destination) : null;
        return clients == null ? 0 : clients.size;
    }

    private @Nullable Entry entry(int client, int destination) {
        for (Entry entry = firstOfClient.get(client); entry != null; entry = entry.sameClient) {
            if (entry.destination == destination) {
                return entry;
            }
        }
        return null;
    }

    private Clients clientsOf(int destination) {
        while (byDestination.size() <= destination) {
            byDestination.add(null);
        }
        Clients clients = byDestination.get(destination);
        if (clients == null) {
            clients = new Clients();
            byDestination.set(destination, clients);
        }
        return clients;
    }

    private void unlinkFromClient(Entry gone) {
        Entry first = firstOfClient.get(gone.client);
        if (first == gone) {
            if (gone.sameClient == null) {
                firstOfClient.remove(gone.client);
            } else {
                firstOfClient.put(gone.client, gone.sameClient);
            }
            return;
        }
        for (Entry entry = first; entry != null; entry = entry.sameClient) {
            if (entry.sameClient == gone) {
                entry.sameClient = gone.sameClient;
            }
        }
    }

    /** The ranks {@link #find} wants, for rules in this order. */
    public static int[] ranks(int[] destinationsInOrder) {
        int[] ranks = new int[Arrays.stream(destinationsInOrder).max().orElse(-1) + 1];
        Arrays.fill(ranks, -1);
        for (int i = 0; i < destinationsInOrder.length; i++) {
            ranks[destinationsInOrder[i]] = i;
        }
        return ranks;
    }
}
