package dev.wavetank.network;

import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.google.common.primitives.ImmutableLongArray;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;
import org.junit.jupiter.api.Test;

/** When loads send. */
final class LoadTest {

    private static final RandomStream RANDOM = new RandomStreams(1).stream("load");

    /** How many requests a load sends between two instants. */
    private static long sent(Load.Open load, long from, long to) {
        long at = 0;
        long count = 0;
        long inside = 0;
        while (true) {
            long gap = load.nextGapNanos(RANDOM, at, count);
            if (gap == Load.NONE || at + gap >= to) {
                return inside;
            }
            at += gap;
            count++;
            inside += at >= from ? 1 : 0;
        }
    }

    private static Load.Varying even(RateProfile profile) {
        return new Load.Varying(profile, false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static Load.Varying random(RateProfile profile) {
        return new Load.Varying(profile, true, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    @Test
    void a_ramp_sends_what_lies_under_it() {
        Load.Varying ramp = even(RateProfile.ramp(0, 100, 10 * SECOND));
        assertThat(sent(ramp, 0, 10 * SECOND)).isBetween(499L, 500L);
        assertThat(sent(ramp, 0, 5 * SECOND)).isBetween(124L, 125L);
        // and goes on at its last rate
        assertThat(sent(ramp, 10 * SECOND, 20 * SECOND)).isBetween(999L, 1001L);
    }

    @Test
    void steps_hold_each_rate_for_its_time() {
        Load.Varying steps = even(RateProfile.steps(new double[] {10, 0, 50}, new long[] {SECOND, SECOND, SECOND}));
        assertThat(sent(steps, 0, SECOND)).isBetween(9L, 10L);
        assertThat(sent(steps, SECOND + 1, 2 * SECOND)).isZero();
        assertThat(sent(steps, 2 * SECOND, 3 * SECOND)).isBetween(49L, 50L);
    }

    @Test
    void a_wave_has_its_mean_over_a_period_and_its_amplitude_within() {
        RateProfile wave = RateProfile.wave(1000, 800, 100 * SECOND, 0);
        assertThat((double) sent(even(wave), 0, 100 * SECOND)).isCloseTo(100_000, withPercentage(0.01));
        assertThat((double) sent(random(wave), 0, 1000 * SECOND)).isCloseTo(1_000_000, withPercentage(0.5));
        assertThat(wave.perSecondAt(25 * SECOND)).isCloseTo(1800, withPercentage(0.01));
        assertThat(wave.perSecondAt(175 * SECOND)).isCloseTo(200, withPercentage(0.1));
    }

    @Test
    void bursts_come_back() {
        Load.Varying bursts = even(RateProfile.bursts(0, 100, 10 * SECOND, SECOND));
        assertThat(sent(bursts, 0, 30 * SECOND)).isBetween(298L, 300L);
        assertThat(sent(bursts, SECOND + 1, 10 * SECOND)).isZero();
    }

    @Test
    void a_rate_that_is_0_for_good_sends_no_more() {
        assertThat(even(RateProfile.ramp(10, 0, SECOND)).nextGapNanos(RANDOM, 2 * SECOND, 0))
                .isEqualTo(Load.NONE);
        assertThat(random(RateProfile.wave(0, 0, SECOND, 0)).nextGapNanos(RANDOM, 0, 0))
                .isEqualTo(Load.NONE);
    }

    @Test
    void a_replay_sends_at_the_instants_it_was_given() {
        Load.Replay replay =
                new Load.Replay(ImmutableLongArray.of(0, SECOND, SECOND, 3 * SECOND), Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(sent(replay, 0, SECOND)).isEqualTo(1);
        assertThat(sent(replay, 0, 3 * SECOND)).isEqualTo(3);
        assertThat(sent(replay, 0, 100 * SECOND)).isEqualTo(4);
    }
}
