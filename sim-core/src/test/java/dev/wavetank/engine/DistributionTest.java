package dev.wavetank.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static final int DRAWS = 200_000;
    private static final long MS = 1_000_000;

    @Test
    void each_kind_is_read_from_its_text() {
        assertThat(Distribution.parse("20ms")).isEqualTo(new Distribution.Constant(20 * MS));
        assertThat(Distribution.parse("constant(20ms)")).isEqualTo(new Distribution.Constant(20 * MS));
        assertThat(Distribution.parse(" uniform( 10ms,30ms ) ")).isEqualTo(new Distribution.Uniform(10 * MS, 30 * MS));
        assertThat(Distribution.parse("exponential(20ms)")).isEqualTo(new Distribution.Exponential(20 * MS));
        assertThat(Distribution.parse("erlang(20ms, 4)")).isEqualTo(new Distribution.Erlang(20 * MS, 4));
        assertThat(Distribution.parse("normal(20ms, 4ms)")).isEqualTo(new Distribution.Normal(20 * MS, 4 * MS));
        assertThat(Distribution.parse("lognormal(5ms, 0.4)")).isEqualTo(new Distribution.LogNormal(5 * MS, 0.4));
        assertThat(Distribution.parse("pareto(5ms, 1.5)")).isEqualTo(new Distribution.Pareto(5 * MS, 1.5));
        assertThat(Distribution.parse("empirical(5ms, 1ms, 2ms)"))
                .isEqualTo(new Distribution.Empirical(List.of(MS, 2 * MS, 5 * MS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20ms",
                "uniform(10ms, 30ms)",
                "exponential(1.5s)",
                "erlang(20ms, 4)",
                "normal(20ms, 4ms)",
                "normal(1ms, 2ms)",
                "lognormal(5ms, 0.4)",
                "lognormal(5ms, 1)",
                "pareto(5ms, 3)",
                "empirical(1ms, 2ms, 5ms, 40ms)",
                "empirical(3ms)"
            })
    void draws_have_the_stated_mean_and_the_text_is_read_back(String text) {
        // given
        Distribution distribution = Distribution.parse(text);
        assertThat(distribution).hasToString(text);
        RandomStream random = new RandomStreams(1).stream("draws");
        // when
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            long nanos = distribution.sampleNanos(random);
            assertThat(nanos).isNotNegative();
            sum += nanos;
        }
        // then
        assertThat(sum / DRAWS).isCloseTo(distribution.meanNanos(), withinPercentage(1));
    }

    @Test
    void a_draw_too_long_for_a_long_is_the_longest_there_is() {
        Distribution distribution = new Distribution.LogNormal(Long.MAX_VALUE, 10);
        RandomStream random = new RandomStreams(1).stream("draws");
        for (int i = 0; i < 1000; i++) {
            assertThat(distribution.sampleNanos(random)).isNotNegative();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "exponental(20ms) | did you mean exponential(20ms)?",
                "Normal(1ms, 1ms) | did you mean normal(20ms, 4ms)?",
                "weibull(1ms, 2) | known are constant, uniform, exponential, erlang, normal, lognormal, pareto, empirical",
                "uniform(30ms, 10ms) | uniform goes from a smaller duration to a larger one; write it as in uniform(10ms, 30ms)",
                "uniform(30ms) | uniform takes 2 and not 1; write it as in uniform(10ms, 30ms)",
                "exponential() | exponential takes 1 and not 0",
                "exponential | exponential needs arguments in parentheses",
                "lognormal(5ms, big) | \"big\" is not a number; write it as in lognormal(5ms, 0.4)",
                "lognormal(5, 0.4) | \"5\" is not a duration",
                "erlang(5ms, 2.5) | \"2.5\" is not a whole number",
                "erlang(5ms, 0) | an erlang has 1 to 1000 stages",
                "pareto(5ms, 1) | the shape of a pareto is above 1",
                "empirical() | an empirical needs at least one duration",
                "constant(-5ms) | \"-5ms\" is negative",
                "5 parsecs | \"5 parsecs\" is not a duration",
                "uniform(1ms, | is neither a duration such as 20ms nor a distribution such as exponential(20ms)",
            })
    void a_mistake_is_named_with_how_to_mend_it(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.parse(text))
                .withMessageContaining("\"" + text)
                .withMessageContaining(message);
    }
}
