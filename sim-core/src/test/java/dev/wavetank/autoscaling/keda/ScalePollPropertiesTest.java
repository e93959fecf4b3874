package dev.wavetank.autoscaling.keda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.keda.ScalePoll.Decision;
import dev.wavetank.autoscaling.keda.ScalePoll.Input;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScalePollPropertiesTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    @Provide
    Arbitrary<ScaledObjectSpec> specs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.integers().between(-1, 4),
                        Arbitraries.longs().between(0, 600),
                        Arbitraries.integers().between(0, 3).injectNull(0.5))
                .as((min, more, idle, cooldown, fallback) -> new ScaledObjectSpec(
                        min,
                        Math.max(min, 1) + more,
                        idle >= 0 && idle < min ? idle : null,
                        cooldown * SECOND,
                        0,
                        fallback));
    }

    @Provide
    Arbitrary<List<Input>> polls() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 200_000),
                        Arbitraries.of(true, false),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.integers().between(0, 12))
                .as((gapMillis, active, failing, replicas) -> new Input(gapMillis * MILLI, active, failing, replicas))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(ScalePollPropertiesTest::oneAfterTheOther);
    }

    @Provide
    Arbitrary<PollAnnotations> annotations() {
        Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false, false);
        return Combinators.combine(rarely, rarely, rarely, rarely).as(PollAnnotations::new);
    }

    @Property
    void never_above_max_and_never_below_min_while_active(
            @ForAll("specs") ScaledObjectSpec spec,
            @ForAll("annotations") PollAnnotations annotations,
            @ForAll("polls") List<Input> polls) {
        ScaledObjectStatus status = ScaledObjectStatus.NEW;
        for (Input poll : polls) {
            Decision decision = ScalePoll.decide(spec, annotations, 0, status, poll);
            if (decision.replicas() != null) {
                assertThat(decision.replicas()).isBetween(0, spec.maxReplicaCount());
                if (poll.active()) {
                    assertThat(decision.replicas()).isGreaterThanOrEqualTo(spec.hpaMinReplicas());
                }
            }
            status = decision.status();
        }
    }

    @Property
    void nothing_is_deactivated_within_the_cooldown(
            @ForAll("specs") ScaledObjectSpec spec, @ForAll("polls") List<Input> polls) {
        ScaledObjectStatus status = ScaledObjectStatus.NEW;
        for (Input poll : polls) {
            Long lastActive = status.lastActiveTimeNanos();
            Decision decision = ScalePoll.decide(spec, PollAnnotations.NONE, 0, status, poll);
            if (lastActive != null && poll.nowNanos() <= lastActive + spec.cooldownNanos()) {
                assertThat(decision.reason()).isNotEqualTo(ScalePoll.Reason.DEACTIVATED);
            }
            status = decision.status();
        }
    }

    @Property
    void a_paused_object_is_never_scaled(@ForAll("specs") ScaledObjectSpec spec, @ForAll("polls") List<Input> polls) {
        PollAnnotations paused = new PollAnnotations(true, false, false, true);
        for (Input poll : polls) {
            assertThat(ScalePoll.decide(spec, paused, 0, ScaledObjectStatus.NEW, poll)
                            .replicas())
                    .isNull();
        }
    }

    private static List<Input> oneAfterTheOther(List<Input> gaps) {
        long[] now = {0};
        return gaps.stream()
                .map(gap -> new Input(now[0] += gap.nowNanos(), gap.active(), gap.failing(), gap.replicas()))
                .toList();
    }
}
