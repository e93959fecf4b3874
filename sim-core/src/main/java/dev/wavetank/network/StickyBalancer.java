package dev.wavetank.network;

/**
 * A balancer with sessionAffinity ClientIP in front of it, as iptables and nftables have it: a client that some destination
 * remembers goes there, to the first in the order of the rules; any other is spread by the balancer and remembered.
 *
 * <p>Several balancers may share one table, as the chains for all nodes and for this node only do. Who owns the table
 * also has it forget destinations that are in no chain any more, see {@link AffinityTable#retain}.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/iptables/proxier.go and nftables/proxier.go, the affinity rules.
 */
final class StickyBalancer extends RuleBalancer {

    private final Balancer rules;
    private final AffinityTable table;
    private int[] ranks = new int[0];
    private boolean lastWasRemembered;

    StickyBalancer(Balancer rules, AffinityTable table) {
        this.rules = rules;
        this.table = table;
    }

    @Override
    void rewritten() {
        rules.replaceAll(destinations());
        ranks = AffinityTable.ranks(destinations());
    }

    /** Unlike other picks this one leaves a trace: the kernel remembers the client with the very first packet. */
    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        int picked = table.find(clientAddress, nowNanos, ranks);
        lastWasRemembered = picked != NONE;
        if (picked == NONE) {
            picked = rules.pick(nowNanos, clientAddress, clientPort, random);
        }
        if (picked != NONE) {
            table.stamp(clientAddress, picked, nowNanos);
        }
        return picked;
    }

    @Override
    public void reweigh(int destination, int weight) {
        rules.reweigh(destination, weight);
    }

    @Override
    public void opened(int destination) {
        rules.opened(destination);
    }

    @Override
    public void finished(int destination) {
        rules.finished(destination);
    }

    @Override
    public void forgotten(int destination) {
        rules.forgotten(destination);
    }

    @Override
    public void answered(int destination, long latencyNanos, long nowNanos) {
        rules.answered(destination, latencyNanos, nowNanos);
    }

    @Override
    public String explain(int picked) {
        return lastWasRemembered
                ? "session affinity: " + picked + " was this client's last within the timeout"
                : rules.explain(picked) + "; session affinity remembered no other for this client";
    }
}
