package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.knative.ScaleToZero.Decision;
import dev.wavetank.autoscaling.knative.ScaleToZero.Input;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ScaleToZeroPropertiesTest {

    private static final long SECOND = 1_000_000_000;

    @Provide
    Arbitrary<Input> inputs() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 700).map(s -> s * SECOND);
        return Combinators.combine(
                        Arbitraries.integers().between(-1, 30),
                        Arbitraries.of(ActiveStatus.values()),
                        seconds,
                        Arbitraries.of(true, false),
                        seconds,
                        Arbitraries.of(ScaleToZero.SksMode.values()),
                        seconds,
                        Arbitraries.of(true, false))
                .as(Input::new);
    }

    @Property
    void never_above_max_and_never_below_min(
            @ForAll("inputs") Input input, @ForAll @IntRange(max = 5) int min, @ForAll @IntRange(max = 10) int more) {
        int max = Math.max(1, min + more);
        Decision decision = ScaleToZero.decide(revision(min, max), AutoscalerConfig.DEFAULT, input);
        if (decision.apply()) {
            assertThat(decision.scale()).isBetween(min, max);
        }
    }

    @Property
    void zero_is_written_only_after_the_grace_period_or_a_failed_activation(@ForAll("inputs") Input input) {
        Decision decision = ScaleToZero.decide(revision(0, 0), AutoscalerConfig.DEFAULT, input);
        if (decision.apply() && decision.scale() == 0) {
            boolean outOfGrace = input.active() == ActiveStatus.FALSE
                    && Math.max(input.inThatStatusNanos(), input.proxiedForNanos()) >= 30 * SECOND;
            boolean failed =
                    input.active() == ActiveStatus.UNKNOWN && input.inThatStatusNanos() > input.progressDeadlineNanos();
            assertThat(outOfGrace || failed).isTrue();
        }
    }

    private static RevisionConfig revision(int min, int max) {
        return RevisionConfig.resolve(
                0,
                Map.of(
                        "autoscaling.knative.dev/min-scale", String.valueOf(min),
                        "autoscaling.knative.dev/max-scale", String.valueOf(max)),
                true,
                AutoscalerConfig.DEFAULT);
    }
}
