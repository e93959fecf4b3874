package dev.wavetank.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static final int DRAWS = 1_000_000;

    private static RandomStream stream() {
        return new RandomStreams(42).stream("test");
    }

    @Test
    void it_is_the_l64x128mix_generator_of_the_jdk() {
        for (int seed = 0; seed < 100; seed++) {
            byte[] state = RandomStreams.hash(seed, "test");
            for (int i = 0; i < state.length; i++) {
                state[i] &= 0x7f; // JDK 17 sign-extends the bytes of a seed and so spoils their neighbours
            }
            RandomGenerator jdk = RandomGeneratorFactory.of("L64X128MixRandom").create(state);
            RandomStream ours = new RandomStream(state);
            for (int i = 0; i < 100; i++) {
                assertThat(ours.nextLong()).isEqualTo(jdk.nextLong());
            }
        }
    }

    @Test
    void its_numbers_are_the_same_forever() {
        RandomStream ours = stream();
        assertThat(ours.nextLong()).isEqualTo(2110180500024588932L);
        assertThat(ours.nextInt(1000)).isEqualTo(397);
        assertThat(ours.nextDouble()).isEqualTo(0.6816518872898256);
        assertThat(ours.nextExponential(1)).isEqualTo(0.10516705383937903);
        assertThat(ours.nextGaussian()).isEqualTo(-1.5791379741468667);
    }

    @Test
    void a_bounded_number_is_as_likely_as_any_other_even_where_the_bound_does_not_divide_the_range() {
        RandomStream ours = stream();
        int bound = 3 << 29; // without rejection, every third number would come up twice as often
        int[] thirds = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            int number = ours.nextInt(bound);
            assertThat(number).isBetween(0, bound - 1);
            thirds[number % 3]++;
        }
        for (int third : thirds) {
            assertThat(third).isCloseTo(DRAWS / 3, within(3000));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ours.nextInt(0));
    }

    @Test
    void the_exponential_has_its_moments_and_its_tail() {
        RandomStream ours = stream();
        assertMoments(() -> ours.nextExponential(1), 1, 1);
        assertThat(share(() -> ours.nextExponential(1), 1)).isCloseTo(StrictMath.exp(-1), within(0.002));
        assertThat(share(() -> ours.nextExponential(1), 8)).isCloseTo(StrictMath.exp(-8), within(0.00008));
        assertThat(ours.nextExponential(0)).isZero();
    }

    @Test
    void the_gaussian_has_its_moments_and_its_tail() {
        RandomStream ours = stream();
        assertMoments(ours::nextGaussian, 0, 1);
        assertThat(share(ours::nextGaussian, 1.959964)).isCloseTo(0.025, within(0.0006));
    }

    @Test
    void a_probability_of_0_is_never_and_of_1_is_always() {
        RandomStream ours = stream();
        assertThat(IntStream.range(0, 1000).noneMatch(i -> ours.nextBoolean(0))).isTrue();
        assertThat(IntStream.range(0, 1000).allMatch(i -> ours.nextBoolean(1))).isTrue();
        assertThat(share(() -> ours.nextBoolean(0.3) ? 1 : 0, 0.5)).isCloseTo(0.3, within(0.002));
    }

    @Test
    void every_order_of_three_is_equally_likely() {
        RandomStream ours = stream();
        int[] orders = new int[321 + 1];
        for (int i = 0; i < 60_000; i++) {
            List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
            ours.shuffle(list);
            orders[list.get(0) * 100 + list.get(1) * 10 + list.get(2)]++;
        }
        assertThat(List.of(orders[123], orders[132], orders[213], orders[231], orders[312], orders[321]))
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @Test
    void a_stream_depends_on_seed_and_name_alone() {
        // given
        RandomStreams quiet = new RandomStreams(7);
        RandomStreams busy = new RandomStreams(7);
        busy.stream("other").nextLong();
        // when
        long alone = quiet.stream("kube-proxy/node-1").nextLong();
        // then
        assertThat(busy.stream("kube-proxy/node-1").nextLong()).isEqualTo(alone);
        assertThat(quiet.stream("kube-proxy/node-2").nextLong()).isNotEqualTo(alone);
        assertThat(new RandomStreams(8).stream("kube-proxy/node-1").nextLong()).isNotEqualTo(alone);
    }

    @Test
    void asked_for_again_a_stream_goes_on_where_it_was() {
        RandomStreams streams = new RandomStreams(7);
        assertThat(streams.stream("a").nextLong())
                .isNotEqualTo(streams.stream("a").nextLong());
    }

    private static void assertMoments(DoubleSupplier draw, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = draw.getAsDouble();
            sum += x;
            squares += (x - mean) * (x - mean);
        }
        assertThat(sum / DRAWS).isCloseTo(mean, within(0.005));
        assertThat(squares / DRAWS).isCloseTo(variance, within(0.015));
    }

    /** The share of draws above a value. */
    private static double share(DoubleSupplier draw, double above) {
        int count = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (draw.getAsDouble() > above) {
                count++;
            }
        }
        return (double) count / DRAWS;
    }
}
