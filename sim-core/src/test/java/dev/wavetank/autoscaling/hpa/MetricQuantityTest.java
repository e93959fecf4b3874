package dev.wavetank.autoscaling.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricQuantityTest {

    @ParameterizedTest
    @CsvSource({
        "cpu, 250, 250m",
        "cpu, 1000, 1",
        "cpu, 1500000, 1500",
        "cpu, 0, 0",
        "memory, 227545088000, 222212Ki",
        "memory, 1048576000, 1Mi",
        "memory, 1000000, 1k",
        "memory, 139875669333, 139875669333m",
        "memory, 1500000, 1500",
        "memory, 0, 0"
    })
    void is_written_with_the_largest_suffix_that_loses_nothing(String resource, long milli, String text) {
        assertThat(MetricQuantity.of(resource, milli)).hasToString(text);
    }
}
