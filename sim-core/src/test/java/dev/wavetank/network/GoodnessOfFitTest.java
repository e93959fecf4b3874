package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoodnessOfFitTest {

    /** Critical values as tables print them. */
    @ParameterizedTest
    @CsvSource({"3.841,1,0.05", "9.488,4,0.05", "16.919,9,0.05", "21.666,9,0.01", "124.342,100,0.05", "2.088,9,0.99"})
    void p_values_agree_with_the_printed_tables(double chiSquare, int degreesOfFreedom, double p) {
        assertThat(GoodnessOfFit.pValue(chiSquare, degreesOfFreedom)).isCloseTo(p, offset(0.0001));
    }

    @Test
    void a_perfect_fit_is_certain() {
        assertThat(GoodnessOfFit.pValue(0, 4)).isEqualTo(1);
    }

    @Test
    void jains_index_is_one_for_equals_and_one_nth_for_one_that_has_it_all() {
        assertThat(Shares.jain(new double[] {5, 5, 5})).isEqualTo(1);
        assertThat(Shares.jain(new double[] {9, 0, 0})).isCloseTo(1 / 3.0, offset(1e-12));
        assertThat(Shares.jain(new double[] {})).isEqualTo(1);
    }
}
