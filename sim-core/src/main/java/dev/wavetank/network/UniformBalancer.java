package dev.wavetank.network;

/**
 * Each destination as likely as any other, for one random draw per connection.
 *
 * <p>That is exactly nftables' {@code numgen random mod n}: the draw is scaled to an index. It is also the law of
 * iptables' chain of statistic rules but for some 10^-9 of its value (see {@link StatisticBalancer}), at a cost that does
 * not grow with the chain.
 *
 * <p>Source: linux 6.12 net/netfilter/nft_numgen.c.
 */
final class UniformBalancer extends RuleBalancer {

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        int count = count();
        return count == 0 ? NONE : at(random.below(count));
    }

    @Override
    public String explain(int picked) {
        return picked == NONE
                ? "there is no endpoint"
                : "one random draw among " + count() + " endpoints fell on " + picked;
    }
}
