package dev.wavetank.controllers.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Taint;
import dev.wavetank.model.Times;
import dev.wavetank.model.Toleration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLifecycleTest {

    private static final Taint UNREACHABLE = new Taint("node.kubernetes.io/unreachable", "", "NoExecute");

    @Test
    void a_node_is_unreachable_only_after_more_than_fifty_silent_seconds() {
        assertThat(NodeHealth.at(60 * Times.SECOND, 10 * Times.SECOND, 0, true)).isEqualTo(NodeHealth.READY);
        assertThat(NodeHealth.at(60 * Times.SECOND + 1, 10 * Times.SECOND, 0, true))
                .isEqualTo(NodeHealth.UNREACHABLE);
    }

    @Test
    void a_node_never_heard_from_has_a_minute() {
        assertThat(NodeHealth.at(60 * Times.SECOND, Times.NONE, 0, false)).isEqualTo(NodeHealth.NOT_READY);
        assertThat(NodeHealth.at(61 * Times.SECOND, Times.NONE, 0, false)).isEqualTo(NodeHealth.UNREACHABLE);
    }

    @Test
    void an_ordinary_pod_leaves_an_unreachable_node_after_five_minutes() {
        List<Toleration> tolerations = DefaultTolerations.addedTo(List.of());
        assertThat(TaintEviction.afterSeconds(List.of(UNREACHABLE), tolerations))
                .isEqualTo(300);
    }

    @Test
    void a_pod_leaves_at_once_if_any_taint_is_not_tolerated() {
        Taint other = new Taint("maintenance", "", "NoExecute");
        List<Toleration> tolerations = DefaultTolerations.addedTo(List.of());
        assertThat(TaintEviction.afterSeconds(List.of(UNREACHABLE, other), tolerations))
                .isZero();
    }

    @Test
    void a_pod_that_tolerates_everything_stays_and_gets_no_defaults() {
        // given
        Toleration everything = new Toleration("", true, "", "", null);
        // when
        List<Toleration> tolerations = DefaultTolerations.addedTo(List.of(everything));
        // then
        assertThat(tolerations).containsExactly(everything);
        assertThat(TaintEviction.afterSeconds(List.of(UNREACHABLE), tolerations))
                .isEqualTo(TaintEviction.NEVER);
    }

    @Test
    void evictions_slow_down_when_most_of_a_zone_fails_and_stop_in_a_small_one() {
        assertThat(NoExecuteRate.perSecond(8, 2)).isEqualTo(0.1);
        assertThat(NoExecuteRate.perSecond(2, 8)).isZero();
        assertThat(NoExecuteRate.perSecond(20, 80)).isEqualTo(0.01);
        assertThat(NoExecuteRate.perSecond(0, 10)).isEqualTo(0.1);
    }
}
