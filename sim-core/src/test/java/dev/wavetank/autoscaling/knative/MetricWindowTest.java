package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wavetank.autoscaling.knative.MetricWindow.Algorithm;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class MetricWindowTest {

    private static final long SECOND = 1_000_000_000;

    private final MetricWindow window = new MetricWindow(Algorithm.LINEAR, 6 * SECOND);

    @Test
    void values_of_one_second_add_up() {
        window.record(SECOND, 3);
        window.record(SECOND + SECOND / 2, 4);
        assertThat(window.average(SECOND)).isEqualTo(7);
    }

    @Test
    void silence_between_reports_counts_and_silence_after_them_does_not() {
        window.record(0, 6);
        window.record(2 * SECOND, 6);
        assertThat(window.average(2 * SECOND)).isEqualTo(4);
        assertThat(window.average(3 * SECOND)).isEqualTo(4);
    }

    @Test
    void the_window_forgets() {
        window.record(0, 6);
        window.record(SECOND, 12);
        assertThat(window.average(6 * SECOND)).isEqualTo(12);
        assertThat(window.average(7 * SECOND)).isZero();
        assertThat(window.isEmpty(7 * SECOND)).isFalse();
        assertThat(window.isEmpty(8 * SECOND)).isTrue();
    }

    @Test
    void weights_fall_from_second_to_second() {
        MetricWindow weighted = new MetricWindow(Algorithm.WEIGHTED_EXPONENTIAL, 60 * SECOND);
        weighted.record(0, 100);
        assertThat(weighted.average(0)).isEqualTo(20, within(1e-9));
        assertThat(weighted.average(SECOND)).isEqualTo(16, within(1e-9));
    }

    @Property
    void an_average_lies_between_the_lowest_and_the_highest(
            @ForAll @NotEmpty List<@IntRange(max = 1000) Integer> perSecond) {
        MetricWindow some = new MetricWindow(Algorithm.LINEAR, 6 * SECOND);
        long now = 0;
        for (int value : perSecond) {
            some.record(now, value);
            now += SECOND;
        }
        int lowest = perSecond.stream().mapToInt(i -> i).min().orElseThrow();
        int highest = perSecond.stream().mapToInt(i -> i).max().orElseThrow();
        assertThat(some.average(now)).isBetween((double) lowest, (double) highest);
    }
}
