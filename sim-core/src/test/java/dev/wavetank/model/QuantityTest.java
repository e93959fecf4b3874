package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void half_a_core_is_printed_in_thousandths() {
        assertThat(Quantity.parse("0.5")).hasToString("500m");
    }

    @Test
    void memory_that_is_no_whole_gibibyte_is_printed_in_mebibytes() {
        assertThat(Quantity.parse("1.5Gi")).hasToString("1536Mi");
    }

    @Test
    void a_text_that_looks_canonical_is_returned_as_it_was_written() {
        // given
        Quantity exponent = Quantity.parse("1E3");
        // then
        assertThat(exponent).hasToString("1E3");
        assertThat(exponent.canonical()).isEqualTo("1e3");
        assertThat(exponent).isEqualTo(Quantity.parse("1k"));
    }

    @Test
    void what_is_below_a_thousandth_still_counts_as_one() {
        assertThat(Quantity.parse("1u").milliValue()).isEqualTo(1);
        assertThat(Quantity.parse("-1u").milliValue()).isEqualTo(-1);
    }

    @Test
    void a_sum_is_printed_as_its_first_part_was() {
        assertThat(Quantity.parse("1Ki").plus(Quantity.parse("2k"))).hasToString("3024");
        assertThat(Quantity.ZERO.plus(Quantity.parse("2Ki"))).hasToString("2Ki");
    }

    @Test
    void an_unknown_suffix_is_named_together_with_the_known_ones() {
        assertThatThrownBy(() -> Quantity.parse("64MB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64MB");
        assertThatThrownBy(() -> Quantity.parse("64K"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no suffix \"K\"")
                .hasMessageContaining("Ki");
    }

    @Test
    void an_absurd_exponent_neither_hangs_nor_wraps() {
        assertThat(Quantity.parse("1e-999999999")).hasToString("1e-9");
        assertThatThrownBy(() -> Quantity.parse("1e999999999").value()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Quantity.parse("1e99999999999")).isInstanceOf(IllegalArgumentException.class);
    }
}
