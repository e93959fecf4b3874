package dev.wavetank.autoscaling.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodSelectorTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front", "weight", "10");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=web",
                "app==web,tier",
                "app in (api, web)",
                "app notin (api)",
                "!canary",
                "zone!=a",
                "weight>9",
                "weight < 11",
                "app = web , tier in (front)",
                ""
            })
    void matches(String selector) throws PodSelector.ParseException {
        assertThat(PodSelector.parse(selector).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=api", "canary", "!app", "app notin (web)", "app!=web", "weight>10", "tier=", "app>1"})
    void does_not_match(String selector) throws PodSelector.ParseException {
        assertThat(PodSelector.parse(selector).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cheddar cheese | unable to parse requirement: found 'cheese', expected: in, notin, =, ==, !=, gt, lt",
                "a=b, | found '', expected: identifier after ','",
                "a=b=c | found '=', expected: ',' or 'end of string'",
                "=b | found '=', expected: !, identifier, or 'end of string'",
                "a in b | unable to parse requirement: found 'b' expected: '('"
            })
    void says_what_it_stumbled_over(String selector, String message) {
        assertThatThrownBy(() -> PodSelector.parse(selector)).hasMessage(message);
    }

    @Test
    void an_open_list_is_an_error_and_not_an_endless_loop() {
        assertThatThrownBy(() -> PodSelector.parse("a in (b")).isInstanceOf(PodSelector.ParseException.class);
    }
}
