package dev.wavetank.network;

import java.util.ArrayList;
import java.util.List;

/**
 * IPVS {@code lblcr}: remembers a set of destinations for the Service's address and picks the least loaded of them; when
 * that one is overloaded, the least loaded of all joins the set. A set left as it is for 24 h loses its most loaded
 * member.
 *
 * <p>Differs from Kubernetes: as {@link LocalityLeastConnection} does; and a destination that is gone leaves the set at
 * once instead of waiting in it.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_lblcr.c.
 */
final class LocalityReplication extends ListBalancer {

    private final LeastLoad least = new LeastLoad(list, LoadMeasure.WLC);

    /** The latest member comes last, and is the first to be looked at. */
    private final List<Integer> members = new ArrayList<>();

    private long lastUse;
    private long lastChange;

    @Override
    void added(int destination) {
        least.added(destination);
    }

    @Override
    void removed(int destination, int predecessor) {
        least.removed(destination);
        members.remove((Integer) destination);
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
        if (nowNanos - lastUse > LocalityLeastConnection.EXPIRATION_NANOS) {
            members.clear();
        }
        lastUse = nowNanos;
        int lightest = leastLoadedMember();
        if (members.size() > 1 && nowNanos - lastChange > LocalityLeastConnection.EXPIRATION_NANOS) {
            members.remove((Integer) mostLoadedMember());
            lastChange = nowNanos;
        }
        if (lightest != NONE && !LocalityLeastConnection.isOverloaded(list, lightest)) {
            return lightest;
        }
        int found = least.find();
        if (found != NONE && !members.contains(found)) {
            members.add(found);
            lastChange = nowNanos;
        }
        return found;
    }

    private int leastLoadedMember() {
        int lightest = NONE;
        for (int i = members.size() - 1; i >= 0; i--) {
            int member = members.get(i);
            if (available(member) && (lightest == NONE || LoadMeasure.WLC.lighter(list, member, lightest))) {
                lightest = member;
            }
        }
        return lightest;
    }

    private int mostLoadedMember() {
        int heaviest = NONE;
        for (int i = members.size() - 1; i >= 0; i--) {
            int member = members.get(i);
            if (available(member) && (heaviest == NONE || LoadMeasure.WLC.lighter(list, heaviest, member))) {
                heaviest = member;
            }
        }
        return heaviest;
    }

    @Override
    String whyPicked(int picked) {
        return picked + " is the least loaded of the " + members.size()
                + " remembered for the Service's address, or has just joined them";
    }
}
