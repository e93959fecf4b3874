package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.hpa.ScalingRules.SelectPolicy;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class HpaPropertiesTest {

    private static final long PERIOD = 15_040_000_000L;
    private static final int MAX = 20;

    @Provide
    Arbitrary<ScalingRules> rules() {
        Arbitrary<ScalingPolicy> policy = Combinators.combine(
                        Arbitraries.of(ScalingPolicy.Type.class),
                        Arbitraries.of(1, 2, 4, 10, 50, 100, 200),
                        Arbitraries.of(15, 30, 60))
                .as(ScalingPolicy::new);
        return Combinators.combine(
                        Arbitraries.of(0, 30, 300),
                        Arbitraries.of(SelectPolicy.class),
                        policy.list().ofMinSize(1).ofMaxSize(3))
                .as((window, select, policies) -> new ScalingRules(window, select, policies, null));
    }

    @Provide
    Arbitrary<HpaBehavior> behaviors() {
        return Combinators.combine(rules(), rules()).as(HpaBehavior::new);
    }

    /** One sync and the count it left. */
    private record Step(long time, int recommended, int before, int after) {}

    /** Feeds recommendations to history and limits, as a controller would over many syncs. */
    private static List<Step> normalizeAll(
            List<Integer> recommendations, int start, int min, int max, @Nullable HpaBehavior behavior) {
        List<Step> steps = new ArrayList<>();
        HpaMemory memory = HpaMemory.NONE;
        int current = start;
        long now = 0;
        for (int recommended : recommendations) {
            memory = memory.withInitialRecommendation(current, now);
            Normalization normal =
                    Normalization.of(current, recommended, min, max, behavior, memory, HpaOptions.DEFAULTS, now);
            memory = memory.withRecommendations(normal.stabilization().recommendations());
            if (normal.replicas() != current) {
                memory = ScaleEvents.remember(memory, behavior, current, normal.replicas(), now);
            }
            steps.add(new Step(now, recommended, current, normal.replicas()));
            current = normal.replicas();
            now += PERIOD;
        }
        return steps;
    }

    @Property
    void the_count_ends_up_within_min_and_max_wherever_it_was(
            @ForAll @IntRange(min = 1, max = 40) int current,
            @ForAll @IntRange(max = 5000) int usageMilli,
            @ForAll @IntRange(min = 1, max = 10) int min,
            @ForAll @IntRange(max = 20) int spread,
            @ForAll boolean withBehavior,
            @ForAll("behaviors") HpaBehavior behavior) {
        HpaSpec spec = TestWorkload.cpuSpec(min, min + spread, 50, withBehavior ? behavior : null);

        HpaDecision decision = HpaReconciler.decide(TestWorkload.sync(spec, current, usageMilli, HpaMemory.NONE, 0));

        HpaDecision.Rescale rescale = decision.rescale();
        assertThat(rescale == null ? current : rescale.to()).isBetween(min, min + spread);
    }

    @Property
    void without_behavior_shrinking_never_goes_below_what_the_window_asked_for(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 60) Integer> recommendations,
            @ForAll @IntRange(min = 1, max = MAX) int start) {
        List<Step> steps = normalizeAll(recommendations, start, 1, MAX, null);

        for (Step step : steps) {
            for (Step earlier : steps) {
                boolean inWindow = earlier.time() <= step.time() && earlier.time() >= step.time() - 300 * SECOND;
                if (step.after() < step.before() && inWindow) {
                    assertThat(step.after()).isGreaterThanOrEqualTo(Math.min(earlier.recommended(), MAX));
                }
            }
        }
    }

    @Property
    void shrinking_never_takes_more_in_a_period_than_its_only_policy_allows(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 60) Integer> recommendations,
            @ForAll @IntRange(min = 1, max = 5) int pods,
            @ForAll("periods") int periodSeconds) {
        ScalingRules down = new ScalingRules(
                0, SelectPolicy.MAX, List.of(new ScalingPolicy(ScalingPolicy.Type.PODS, pods, periodSeconds)), null);
        HpaBehavior behavior = new HpaBehavior(ScalingRules.SCALE_UP_DEFAULTS, down);
        List<Step> steps = normalizeAll(recommendations, MAX, 1, MAX, behavior);

        for (Step step : steps) {
            int periodStart = MAX;
            for (Step earlier : steps) {
                if (earlier.time() <= step.time() - periodSeconds * SECOND) {
                    periodStart = earlier.after();
                }
            }
            if (step.after() < step.before()) {
                assertThat(step.after()).isGreaterThanOrEqualTo(periodStart - pods);
            }
        }
    }

    @Provide
    Arbitrary<Integer> periods() {
        return Arbitraries.of(15, 30, 60, 300);
    }

    /**
     * Targets below 20 % or so are left out: the cut of utilization to whole per cents alone is more than the tolerance there, and the real
     * autoscaler, like this one, may then swing for ever.
     */
    @Property(tries = 300)
    void constant_load_settles_and_stays(
            @ForAll @IntRange(min = 100, max = 25_000) int loadMilli,
            @ForAll @IntRange(min = 30, max = 90) int target,
            @ForAll @IntRange(min = 1, max = MAX) int start,
            @ForAll boolean withBehavior,
            @ForAll("behaviors") HpaBehavior behavior) {
        HpaSpec spec = TestWorkload.cpuSpec(1, MAX, target, withBehavior ? behavior : null);
        List<Integer> counts = new ArrayList<>();
        HpaMemory memory = HpaMemory.NONE;
        int current = start;
        for (int tick = 0; tick < 200; tick++) {
            HpaDecision decision =
                    HpaReconciler.decide(TestWorkload.sync(spec, current, loadMilli / current, memory, tick * PERIOD));
            HpaDecision.Rescale rescale = decision.rescale();
            current = rescale == null ? current : rescale.to();
            memory = decision.memory();
            counts.add(current);
        }

        assertThat(counts.subList(150, 200))
                .as("the last quarter of %s", counts)
                .containsOnly(current);
        boolean mayGrow = !withBehavior || behavior.scaleUp().selectPolicy() != SelectPolicy.DISABLED;
        if (mayGrow && current < MAX) {
            assertThat(loadMilli / current * 100L / TestWorkload.REQUEST_MILLI)
                    .as("per cent used once settled")
                    .isLessThanOrEqualTo((long) Math.floor(target * 1.1 + 1e-9));
        }
    }
}
