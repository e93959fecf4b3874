package dev.wavetank.controllers;

import static dev.wavetank.controllers.DisruptionBudget.UnhealthyPodEvictionPolicy.ALWAYS_ALLOW;
import static dev.wavetank.controllers.DisruptionBudget.UnhealthyPodEvictionPolicy.IF_HEALTHY_BUDGET;
import static dev.wavetank.controllers.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.controllers.DisruptionBudget.Limit;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvictionTest {

    private static final Pod READY = pod("ready").ready(60).build();
    private static final Pod UNREADY = pod("unready").notReady(60).build();

    @Test
    void percentages_of_both_kinds_are_rounded_up() {
        assertThat(budget(new Limit.MinAvailable(IntOrString.of("50%")), 3, 3).desiredHealthy())
                .isEqualTo(2);
        assertThat(budget(new Limit.MaxUnavailable(IntOrString.of("50%")), 3, 3).desiredHealthy())
                .isEqualTo(1);
        assertThat(budget(new Limit.MaxUnavailable(IntOrString.of(5)), 3, 3).desiredHealthy())
                .isZero();
    }

    @Test
    void a_ready_pod_goes_only_while_the_budget_lasts() {
        Limit limit = new Limit.MinAvailable(IntOrString.of(2));

        assertThat(Eviction.of(READY, List.of(budget(limit, 3, 3))).usesBudget())
                .isTrue();
        Eviction refused = Eviction.of(READY, List.of(budget(limit, 3, 2)));
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.reason()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    }

    @Test
    void a_pod_that_is_not_ready_goes_if_enough_others_are() {
        Limit limit = new Limit.MinAvailable(IntOrString.of(2));

        assertThat(Eviction.of(UNREADY, List.of(budget(limit, 3, 2))).allowed()).isTrue();
        assertThat(Eviction.of(UNREADY, List.of(budget(limit, 3, 1))).allowed()).isFalse();
        DisruptionBudget lenient = DisruptionBudget.of("web", limit, 3, 1, ALWAYS_ALLOW);
        assertThat(Eviction.of(UNREADY, List.of(lenient)).allowed()).isTrue();
    }

    @Test
    void a_pending_pod_is_nobodys_business_and_two_budgets_are_one_too_many() {
        DisruptionBudget tight = budget(new Limit.MaxUnavailable(IntOrString.of(0)), 3, 3);
        Pod pending = pod("pending").phase(PodPhase.PENDING).build();

        assertThat(Eviction.of(pending, List.of(tight, tight)).allowed()).isTrue();
        assertThat(Eviction.of(READY, List.of(tight, tight)).code()).isEqualTo(500);
    }

    @Test
    void a_pod_on_its_way_out_is_not_healthy() {
        assertThat(DisruptionBudget.isHealthy(READY, Set.of())).isTrue();
        assertThat(DisruptionBudget.isHealthy(READY, Set.of("ready"))).isFalse();
        assertThat(DisruptionBudget.isHealthy(
                        pod("leaving").ready(60).terminating().build(), Set.of()))
                .isFalse();
    }

    @Property
    void evicting_as_often_as_allowed_leaves_as_many_healthy_as_desired(
            @ForAll @IntRange(max = 50) int expected,
            @ForAll @IntRange(max = 50) int healthy,
            @ForAll @IntRange(max = 100) int percent) {
        DisruptionBudget budget = budget(new Limit.MinAvailable(IntOrString.of(percent + "%")), expected, healthy);
        int left = healthy - budget.disruptionsAllowed();

        assertThat(left).isGreaterThanOrEqualTo(Math.min(healthy, budget.desiredHealthy()));
    }

    private static DisruptionBudget budget(Limit limit, int expected, int healthy) {
        return DisruptionBudget.of("web", limit, expected, healthy, IF_HEALTHY_BUDGET);
    }
}
