package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BalancerPropertiesTest {

    @Provide
    Arbitrary<LoadMeasure> measures() {
        return Arbitraries.of(LoadMeasure.values());
    }

    @Property(tries = 100)
    void round_robin_gives_no_destination_two_connections_more_than_another(
            @ForAll @IntRange(min = 1, max = 50) int destinations,
            @ForAll @IntRange(min = 0, max = 1000) int connections) {
        int[] counts = new int[destinations];
        Balancer balancer = new RoundRobin();
        balancer.replaceAll(IntStream.range(0, destinations).toArray());
        for (int i = 0; i < connections; i++) {
            counts[balancer.pick(0, 0, 0, () -> 0)]++;
        }
        assertThat(Arrays.stream(counts).max().orElseThrow()
                        - Arrays.stream(counts).min().orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    @Property(tries = 100)
    void weighted_round_robin_keeps_to_the_weights_round_after_round(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 9) Integer> weights) {
        Balancer balancer = new WeightedRoundRobin();
        for (int i = 0; i < weights.size(); i++) {
            balancer.add(i, weights.get(i));
        }
        // A change in the midst of a round leaves the bar where it was, so let the first round pass.
        int round = weights.stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < round; i++) {
            balancer.pick(0, 0, 0, () -> 0);
        }
        int[] counts = new int[weights.size()];
        for (int i = 0; i < round; i++) {
            counts[balancer.pick(0, 0, 0, () -> 0)]++;
        }
        int divisor = weights.stream().reduce(0, (a, b) -> WeightedRoundRobin.gcd(b, a));
        assertThat(divisor).isPositive();
        assertThat(counts)
                .containsExactly(weights.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Counts are kept low and weights few, so that draws are common. */
    @Property(tries = 300)
    void the_index_picks_what_the_kernels_scan_picks(
            @ForAll("measures") LoadMeasure measure,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 150) int destinations,
            @ForAll @IntRange(min = 1, max = 4) int maxWeight) {
        RandomStream random = new RandomStreams(seed).stream("operations");
        LeastLoaded balancer = new LeastLoaded(measure);
        boolean[] present = new boolean[destinations];
        int[] active = new int[destinations];
        int[] inactive = new int[destinations];
        for (int operation = 0; operation < 1500; operation++) {
            int destination = random.nextInt(destinations);
            int verb = random.nextInt(12);
            if (!present[destination]) {
                balancer.add(destination, random.nextInt(maxWeight + 1));
                present[destination] = true;
            } else if (verb == 0) {
                balancer.remove(destination);
                present[destination] = false;
                active[destination] = 0;
                inactive[destination] = 0;
            } else if (verb == 1) {
                balancer.reweigh(destination, random.nextInt(maxWeight + 1));
            } else if (verb < 4 && active[destination] > 0) {
                balancer.finished(destination);
                active[destination]--;
                inactive[destination]++;
            } else if (verb < 6 && inactive[destination] > 0) {
                balancer.forgotten(destination);
                inactive[destination]--;
            } else {
                int picked = balancer.pick(0, 0, 0, () -> 0);
                if (picked != Balancer.NONE) {
                    balancer.opened(picked);
                    active[picked]++;
                }
            }
            assertThat(balancer.pick(0, 0, 0, () -> 0)).isEqualTo(balancer.scan());
        }
    }

    @Property(tries = 20)
    void iptables_rules_follow_the_law_of_their_thresholds(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int destinations) {
        ChiSquare.assertFits(counts(new StatisticBalancer(), seed, destinations), lawOfTheChain(destinations));
    }

    @Property(tries = 20)
    void nftables_and_the_fast_form_of_iptables_are_uniform(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int destinations) {
        ChiSquare.assertFits(counts(new UniformBalancer(), seed, destinations), ChiSquare.uniform(destinations));
    }

    @Property(tries = 20)
    void two_choices_are_uniform_among_equals(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int destinations) {
        ChiSquare.assertFits(counts(new TwoChoices(), seed, destinations), ChiSquare.uniform(destinations));
    }

    @Property(tries = 20)
    void two_choices_never_take_the_single_most_loaded_and_spread_evenly_over_the_rest(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 60) int destinations) {
        Balancer balancer = new TwoChoices();
        balancer.replaceAll(IntStream.range(0, destinations).toArray());
        balancer.opened(0);
        int[] counts = draw(balancer, seed, destinations);

        assertThat(counts[0]).isZero();
        ChiSquare.assertFits(Arrays.copyOfRange(counts, 1, destinations), ChiSquare.uniform(destinations - 1));
    }

    @Property(tries = 50)
    void the_exact_chain_is_within_a_millionth_of_uniform(@ForAll @IntRange(min = 1, max = 1000) int destinations) {
        for (double probability : lawOfTheChain(destinations)) {
            assertThat(Math.abs(probability * destinations - 1)).isLessThan(1e-6);
        }
    }

    @Property(tries = 20)
    void successive_picks_are_independent(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int destinations) {
        Balancer balancer = new UniformBalancer();
        balancer.replaceAll(IntStream.range(0, destinations).toArray());
        RandomStream random = new RandomStreams(seed).stream("picks");
        int[] pairs = new int[destinations * destinations];
        for (int i = 0; i < 500 * pairs.length; i++) {
            int first = balancer.pick(0, 0, 0, random::nextInt);
            pairs[first * destinations + balancer.pick(0, 0, 0, random::nextInt)]++;
        }
        ChiSquare.assertFits(pairs, ChiSquare.uniform(pairs.length));
    }

    private static double[] lawOfTheChain(int n) {
        double[] law = new double[n];
        double left = 1;
        for (int i = 0; i < n - 1; i++) {
            double matches = Probability.threshold(Probability.text(n - i)) / 0x1.0p31;
            law[i] = left * matches;
            left *= 1 - matches;
        }
        law[n - 1] = left;
        return law;
    }

    private static int[] counts(Balancer balancer, long seed, int destinations) {
        balancer.replaceAll(IntStream.range(0, destinations).toArray());
        return draw(balancer, seed, destinations);
    }

    private static int[] draw(Balancer balancer, long seed, int destinations) {
        RandomStream random = new RandomStreams(seed).stream("picks");
        int[] counts = new int[destinations];
        for (int i = 0; i < 2000 * destinations; i++) {
            counts[balancer.pick(0, 0, 0, random::nextInt)]++;
        }
        return counts;
    }
}
