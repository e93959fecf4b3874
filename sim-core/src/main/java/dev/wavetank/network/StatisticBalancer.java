package dev.wavetank.network;

/**
 * iptables' chain of statistic rules, draw for draw as the kernel walks it: rule {@code i} of {@code n} matches with one
 * chance in {@code n - i}, rounded as the text of the rule and then the kernel round it; the last matches always. Takes
 * {@code i + 1} draws to stop at rule {@code i}, and none for the last.
 *
 * <p>For replaying a kernel's random numbers. For simulating, {@link UniformBalancer} differs from it by less than 1e-6
 * of any destination's chance at 1,000 destinations.
 *
 * <p>Source: linux 6.12 net/netfilter/xt_statistic.c.
 */
final class StatisticBalancer extends RuleBalancer {

    private int[] thresholds = new int[0];

    @Override
    void rewritten() {
        thresholds = new int[Math.max(0, count() - 1)];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = Probability.threshold(Probability.text(count() - i));
        }
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        for (int i = 0; i < thresholds.length; i++) {
            if ((random.next32() & Integer.MAX_VALUE) < thresholds[i]) {
                return at(i);
            }
        }
        return count() == 0 ? NONE : at(count() - 1);
    }

    @Override
    public String explain(int picked) {
        for (int i = 0; i < thresholds.length; i++) {
            if (at(i) == picked) {
                return "rule " + (i + 1) + " of " + count() + ", which matches with probability "
                        + Probability.text(count() - i) + ", matched for " + picked;
            }
        }
        return picked == NONE
                ? "there is no endpoint"
                : "no rule before the last of " + count() + " matched, and the last matches always: " + picked;
    }
}
