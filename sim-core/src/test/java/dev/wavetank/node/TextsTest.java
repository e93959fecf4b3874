package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Times;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read off commands and written into messages. */
class TextsTest {

    @ParameterizedTest
    @CsvSource({
        "sleep 5, 5000",
        "/bin/sh -c sleep 15 && nginx -s quit, 15000",
        "sh -c 'sleep 0.5', 500",
        "sleep 10s, 10000",
        "/usr/bin/sleep 3;echo done, 3000",
        "oversleep 5, 0",
        "sleep infinity, 0",
        "nginx -s quit, 0"
    })
    void a_command_takes_as_long_as_the_sleep_in_it(String command, long millis) {
        assertThat(HookTime.sleepIn(command)).isEqualTo(millis * Times.MILLISECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "350, 350ms",
        "1000, 1s",
        "1250, 1.25s",
        "10000, 10s",
        "160000, 2m40s",
        "300000, 5m0s",
        "3600000, 1h0m0s",
        "3661001, 1h1m1.001s"
    })
    void durations_are_written_as_go_writes_them(long millis, String text) {
        assertThat(GoText.duration(millis * Times.MILLISECOND)).isEqualTo(text);
    }
}
