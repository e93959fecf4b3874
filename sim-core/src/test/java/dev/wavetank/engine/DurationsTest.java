package dev.wavetank.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0s, 0",
        "1ns, 1",
        "250us, 250000",
        "250µs, 250000",
        "800ms, 800000000",
        "1.5s, 1500000000",
        ".5s, 500000000",
        "2m30s, 150000000000",
        "1h, 3600000000000",
        "1h0.5s, 3600500000000",
        "' 5s ', 5000000000",
        "9223372036854775807ns, 9223372036854775807"
    })
    void a_number_with_a_unit_is_read(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "1500, 1.5us",
        "999999999, 999.999999ms",
        "1500000000, 1.5s",
        "90000000000, 1m30s",
        "3600000000000, 1h",
        "3600500000000, 1h500ms",
        "-1500000000, -1.5s"
    })
    void the_shortest_usual_form_is_written(long nanos, String text) {
        assertThat(Durations.format(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5 parsecs", "", "s", "5", "1.s", "1s2m", "1s1s", "1,5s", "1e3s", "--5s", "-", "5S", "0x1s"})
    void what_is_no_duration_is_refused_with_examples(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("\"" + text
                        + "\" is not a duration; write a number with a unit, such as 500ms, 5s, 2m30s or 1h");
    }

    @Test
    void what_does_not_fit_is_an_error_and_does_not_wrap() {
        for (String tooLong : List.of("9223372036854775808ns", "2562048h", "99999999999999999999h")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Durations.parse(tooLong))
                    .withMessageContaining("too long");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("1.5ns"))
                .withMessageContaining("finer than a nanosecond");
    }

    @Test
    void a_negative_duration_is_read_only_where_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("-5s"))
                .withMessage("\"-5s\" is negative; a duration here is at least 0");
        assertThat(Durations.parseSigned("-5s")).isEqualTo(-5_000_000_000L);
    }

    @Property
    void what_is_written_is_read_back(@ForAll @LongRange(min = -Long.MAX_VALUE) long nanos) {
        assertThat(Durations.parseSigned(Durations.format(nanos))).isEqualTo(nanos);
    }
}
