package dev.wavetank.autoscaling.keda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.keda.Fallback.Behavior;
import dev.wavetank.autoscaling.keda.Fallback.Origin;
import dev.wavetank.autoscaling.keda.Fallback.Reading;
import dev.wavetank.autoscaling.keda.Fallback.TargetType;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FallbackTest {

    private final Fallback fallback = new Fallback(2, 6, Behavior.STATIC);

    @Test
    void failures_up_to_the_threshold_are_handed_on() {
        Reading second = fallback.read(null, 1, TargetType.AVERAGE_VALUE, 5000, 3, 3);
        assertThat(second).isEqualTo(new Reading(null, Origin.ERROR, 2, false));
    }

    @Test
    void the_next_one_asks_for_the_fallback_replicas() {
        Reading third = fallback.read(null, 2, TargetType.AVERAGE_VALUE, 5000, 3, 3);
        assertThat(third).isEqualTo(new Reading(30_000L, Origin.FALLBACK, 3, true));
    }

    @Test
    void a_success_forgives_all_failures() {
        assertThat(fallback.read(1234L, 9, TargetType.VALUE, 5000, 3, 3))
                .isEqualTo(new Reading(1234L, Origin.SOURCE, 0, false));
    }

    @Test
    void a_value_target_needs_a_ready_pod() {
        assertThat(fallback.read(null, 2, TargetType.VALUE, 5000, 3, 0).origin())
                .isEqualTo(Origin.NO_READY_PODS);
        assertThat(fallback.read(null, 2, TargetType.VALUE, 5000, 3, 4).valueMillis())
                .isEqualTo(7500);
    }

    @Test
    void a_trigger_is_active_strictly_above_its_threshold() {
        assertThat(Activity.trigger(5, 5)).isEqualTo(Activity.Trigger.INACTIVE);
        assertThat(Activity.trigger(5.001, 5)).isEqualTo(Activity.Trigger.ACTIVE);
    }

    @Test
    void resource_triggers_are_active_only_among_themselves() {
        assertThat(Activity.of(List.of(Activity.Trigger.RESOURCE)).active()).isTrue();
        assertThat(Activity.of(List.of(Activity.Trigger.RESOURCE, Activity.Trigger.INACTIVE))
                        .active())
                .isFalse();
        assertThat(Activity.of(List.of(Activity.Trigger.RESOURCE, Activity.Trigger.FAILED)))
                .isEqualTo(new Activity(false, true));
    }

    @Property
    void replicas_asked_for_are_on_the_right_side_of_the_fallback(
            @ForAll @IntRange(max = 50) int current, @ForAll @IntRange(max = 50) int replicas) {
        assertThat(asked(Behavior.CURRENT_REPLICAS_IF_HIGHER, replicas, current))
                .isGreaterThanOrEqualTo(replicas * 1000L);
        assertThat(asked(Behavior.CURRENT_REPLICAS_IF_LOWER, replicas, current)).isLessThanOrEqualTo(replicas * 1000L);
        assertThat(asked(Behavior.CURRENT_REPLICAS, replicas, current)).isEqualTo(current * 1000L);
    }

    private static Long asked(Behavior behavior, int replicas, int current) {
        Long value = new Fallback(0, replicas, behavior)
                .read(null, 0, TargetType.AVERAGE_VALUE, 1000, current, current)
                .valueMillis();
        assertThat(value).isNotNull();
        return value;
    }
}
