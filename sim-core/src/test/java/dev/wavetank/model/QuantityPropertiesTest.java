package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantityPropertiesTest {

    @Property
    void what_is_printed_reads_back_as_the_same_amount(@ForAll("quantities") Quantity quantity) {
        assertThat(Quantity.parse(quantity.toString())).isEqualTo(quantity);
        assertThat(Quantity.parse(quantity.canonical())).isEqualTo(quantity);
    }

    @Property
    void the_canonical_text_is_a_fixed_point(@ForAll("quantities") Quantity quantity) {
        assertThat(Quantity.parse(quantity.canonical()).canonical()).isEqualTo(quantity.canonical());
    }

    @Property
    void the_order_of_a_sum_does_not_matter(@ForAll("quantities") Quantity a, @ForAll("quantities") Quantity b) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
    }

    @Property
    void what_was_added_can_be_taken_away(@ForAll("quantities") Quantity a, @ForAll("quantities") Quantity b) {
        assertThat(a.plus(b).minus(b)).isEqualTo(a);
    }

    @Property
    void rounding_never_loses_an_amount(@ForAll("quantities") Quantity quantity) {
        Quantity rounded = Quantity.ofMillis(quantity.milliValue());
        assertThat(rounded.sign()).isEqualTo(quantity.sign());
        if (quantity.sign() >= 0) {
            assertThat(rounded).isGreaterThanOrEqualTo(quantity);
        } else {
            assertThat(rounded).isLessThanOrEqualTo(quantity);
        }
    }

    @Provide
    Arbitrary<Quantity> quantities() {
        Arbitrary<Integer> whole = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<String> fraction = Arbitraries.strings().numeric().ofMaxLength(6);
        Arbitrary<String> suffix =
                Arbitraries.of("", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E-3", "e5");
        return Combinators.combine(Arbitraries.of("", "-", "+"), whole, fraction, suffix)
                .as((sign, digits, decimals, unit) -> Quantity.parse(sign + digits + "." + decimals + unit));
    }
}
