package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.hpa.HpaMemory.ScaleEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLimitsTest {

    private static final ScalingPolicy TWO_PODS = new ScalingPolicy(ScalingPolicy.Type.PODS, 2, 60);
    private static final ScalingRules TWO_PODS_UP =
            ScalingRules.SCALE_UP_DEFAULTS.overriddenBy(null, null, List.of(TWO_PODS), null);
    private static final HpaBehavior CAREFUL = new HpaBehavior(TWO_PODS_UP, ScalingRules.SCALE_DOWN_DEFAULTS);

    private static ReplicaLimits limit(int current, int wanted, List<ScaleEvent> ups, List<ScaleEvent> downs) {
        return ReplicaLimits.withBehavior(current, wanted, 1, 50, CAREFUL, new HpaMemory(null, ups, downs), 0);
    }

    @Test
    void without_behavior_a_sync_doubles_at_most_but_may_always_reach_four() {
        assertThat(ReplicaLimits.withoutBehavior(1, 40, 1, 50).replicas()).isEqualTo(4);
        assertThat(ReplicaLimits.withoutBehavior(12, 40, 1, 50).replicas()).isEqualTo(24);
        assertThat(ReplicaLimits.withoutBehavior(40, 1, 1, 50).replicas()).isEqualTo(1);
    }

    @Test
    void a_policy_looks_back_over_its_period() {
        ScaleEvent oneUp = new ScaleEvent(1, -59 * SECOND, false);
        ScaleEvent longAgo = new ScaleEvent(1, -60 * SECOND, false);

        assertThat(limit(5, 20, List.of(oneUp), List.of()).replicas()).isEqualTo(6);
        assertThat(limit(5, 20, List.of(longAgo), List.of()).replicas()).isEqualTo(7);
        assertThat(limit(5, 20, List.of(oneUp), List.of()).policy()).isEqualTo(TWO_PODS);
    }

    @Test
    void shrinkage_of_the_period_may_be_made_good_on_top_of_the_policy() {
        ScaleEvent fourDown = new ScaleEvent(4, -10 * SECOND, false);

        assertThat(limit(2, 20, List.of(), List.of(fourDown)).replicas()).isEqualTo(8);
    }

    @Test
    void a_disabled_direction_stays_where_it_is() {
        ScalingRules closed =
                ScalingRules.SCALE_DOWN_DEFAULTS.overriddenBy(null, ScalingRules.SelectPolicy.DISABLED, null, null);
        HpaBehavior upOnly = new HpaBehavior(TWO_PODS_UP, closed);

        ReplicaLimits limits = ReplicaLimits.withBehavior(8, 2, 1, 50, upOnly, HpaMemory.NONE, 0);

        assertThat(limits.replicas()).isEqualTo(8);
        assertThat(limits.reason()).isEqualTo(ReplicaLimits.Reason.SCALE_DOWN_LIMIT);
    }
}
