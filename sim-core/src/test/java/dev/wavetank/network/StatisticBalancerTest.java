package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatisticBalancerTest {

    private static final int THIRD = 715_827_883;

    @Test
    void a_rule_matches_just_below_its_threshold_whatever_the_top_bit() {
        StatisticBalancer chain = chainOfThree();

        assertThat(pick(chain, THIRD - 1)).isEqualTo(7);
        assertThat(pick(chain, (THIRD - 1) | Integer.MIN_VALUE)).isEqualTo(7);
        assertThat(pick(chain, THIRD, (1 << 30) - 1)).isEqualTo(8);
    }

    @Test
    void the_last_rule_takes_what_is_left_without_a_draw() {
        StatisticBalancer chain = chainOfThree();

        assertThat(pick(chain, THIRD, 1 << 30)).isEqualTo(9);
        assertThat(chain.explain(9)).contains("the last matches always");
    }

    @Test
    void an_empty_chain_picks_none_and_a_chain_of_one_draws_nothing() {
        StatisticBalancer chain = new StatisticBalancer();
        assertThat(pick(chain)).isEqualTo(Balancer.NONE);

        chain.add(3, 1);
        assertThat(pick(chain)).isEqualTo(3);
    }

    private static StatisticBalancer chainOfThree() {
        StatisticBalancer chain = new StatisticBalancer();
        chain.replaceAll(new int[] {7, 8, 9});
        return chain;
    }

    /** Picks with exactly these draws. */
    private static int pick(Balancer balancer, int... draws) {
        int[] used = {0};
        int picked = balancer.pick(0, 0, 0, () -> draws[used[0]++]);
        assertThat(used[0]).isEqualTo(draws.length);
        return picked;
    }
}
