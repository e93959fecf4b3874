package dev.wavetank.autoscaling.vpa;

import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.MINUTE;
import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.pending;
import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.pod;
import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.pods;
import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.resizing;
import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.vpa.Updater.Action;
import dev.wavetank.autoscaling.vpa.Updater.Decision;
import dev.wavetank.autoscaling.vpa.Updater.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdaterTest {

    private final ResizeWatch resizes = new ResizeWatch();

    @Test
    void a_single_replica_is_left_alone_by_default() {
        List<Decision> decisions = run(target(UpdateMode.RECREATE, 1), 0, pod("web-a", 100));
        assertThat(decisions).extracting(Decision::reason).containsExactly(Reason.TOO_FEW_REPLICAS);
    }

    @Test
    void a_single_replica_is_evicted_if_min_replicas_says_so() {
        List<Decision> decisions = run(target(UpdateMode.RECREATE, 1, 1, List.of()), 0, pod("web-a", 100));
        assertThat(pods(decisions, Action.EVICT)).containsExactly("web-a");
    }

    @Test
    void half_of_the_replicas_may_go_at_once_those_that_want_to_grow_first() {
        // given
        UpdatablePod tooLarge = pod("web-a", 5000);
        UpdatablePod small = pod("web-b", 300);
        UpdatablePod smaller = pod("web-c", 100);
        UpdatablePod fine = pod("web-d", 500);
        // when
        List<Decision> decisions = run(target(UpdateMode.RECREATE, 4), 0, tooLarge, small, smaller, fine);
        // then
        assertThat(pods(decisions, Action.EVICT)).containsExactly("web-c", "web-b");
        assertThat(decisions.get(2))
                .extracting(Decision::pod, Decision::reason)
                .containsExactly("web-d", Reason.NOT_WANTED);
        assertThat(decisions.get(3))
                .extracting(Decision::pod, Decision::reason)
                .containsExactly("web-a", Reason.BUDGET);
    }

    @Test
    void a_pending_pod_costs_no_budget() {
        List<Decision> decisions =
                run(target(UpdateMode.RECREATE, 2), 0, pending("web-a", 100), pod("web-b", 100), pod("web-c", 100));
        assertThat(pods(decisions, Action.EVICT)).containsExactly("web-a", "web-b");
    }

    @Test
    void a_refused_eviction_costs_no_budget_either() {
        // given
        Updater.Requests onlyTheSecond = new Updater.Requests() {
            @Override
            public boolean evict(String podName) {
                return podName.equals("web-b");
            }

            @Override
            public boolean resize(String podName) {
                return false;
            }
        };
        // when
        List<Decision> decisions = Updater.run(
                target(UpdateMode.RECREATE, 2),
                List.of(pod("web-a", 100), pod("web-b", 100)),
                resizes,
                0,
                onlyTheSecond);
        // then
        assertThat(pods(decisions, Action.EVICT)).containsExactly("web-b");
        assertThat(decisions.get(1).reason()).isEqualTo(Reason.EVICTION_REFUSED);
    }

    @Test
    void a_young_pod_within_the_range_waits() {
        List<Decision> decisions = run(target(UpdateMode.RECREATE, 2), 0, pod("web-a", 420), pod("web-b", 420));
        assertThat(decisions).extracting(Decision::verdict).containsOnly(UpdatePriority.Verdict.TOO_YOUNG);
    }

    @Test
    void in_place_or_recreate_resizes() {
        List<Decision> decisions =
                run(target(UpdateMode.IN_PLACE_OR_RECREATE, 2), 0, pod("web-a", 100), pod("web-b", 100));
        assertThat(pods(decisions, Action.RESIZE)).containsExactly("web-a");
        assertThat(pods(decisions, Action.EVICT)).isEmpty();
    }

    @Test
    void a_deferred_resize_turns_into_an_eviction_after_five_minutes() {
        // given
        Updater.Target target = target(UpdateMode.IN_PLACE_OR_RECREATE, 2);
        UpdatablePod deferred = resizing("web-a", new ResizeCondition(ResizeCondition.Type.PENDING, "Deferred"));
        UpdatablePod fine = pod("web-b", 500);
        // then
        assertThat(pods(run(target, 0, deferred, fine), Action.EVICT)).isEmpty();
        assertThat(pods(run(target, 5 * MINUTE, deferred, fine), Action.EVICT)).isEmpty();
        assertThat(pods(run(target, 5 * MINUTE + 1, deferred, fine), Action.EVICT))
                .containsExactly("web-a");
    }

    @Test
    void modes_that_do_not_touch_running_pods_do_not() {
        for (UpdateMode mode : List.of(UpdateMode.OFF, UpdateMode.INITIAL, UpdateMode.IN_PLACE)) {
            List<Decision> decisions = run(target(mode, 2), 0, pod("web-a", 100), pod("web-b", 100));
            assertThat(decisions).extracting(Decision::reason).containsOnly(Reason.MODE);
        }
    }

    @Test
    void an_eviction_requirement_keeps_pods_that_would_shrink() {
        // given
        EvictionRequirement onlyUp = new EvictionRequirement(
                List.of(Resource.CPU, Resource.MEMORY), EvictionRequirement.Change.TARGET_HIGHER_THAN_REQUESTS);
        Updater.Target target = target(UpdateMode.RECREATE, 2, 2, List.of(onlyUp));
        ContainerResources shrinking = new ContainerResources("app", ResourceAmounts.of(5000, 1), ResourceAmounts.NONE);
        UpdatablePod pod = new UpdatablePod("web-a", false, MINUTE, List.of(shrinking), null, null);
        // when
        List<Decision> decisions = run(target, 0, pod, pod("web-b", 500));
        // then
        assertThat(decisions).extracting(Decision::reason).contains(Reason.EVICTION_REQUIREMENTS);
    }

    private List<Decision> run(Updater.Target target, long nowNanos, UpdatablePod... pods) {
        return Updater.run(target, List.of(pods), resizes, nowNanos, Updater.Requests.GRANTED);
    }
}
