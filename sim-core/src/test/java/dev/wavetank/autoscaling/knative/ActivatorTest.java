package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ActivatorTest {

    private static final PodPicker.Dice ALWAYS_THE_FIRST = new PodPicker.Dice() {
        @Override
        public int below(int bound) {
            return 0;
        }

        @Override
        public boolean coin() {
            return false;
        }
    };

    @Test
    void small_concurrency_fills_the_first_pod_first() {
        assertThat(picks(2, 5)).containsExactly("a", "a", "b", "b", null);
    }

    @Test
    void larger_concurrency_goes_round() {
        assertThat(picks(4, 5)).containsExactly("a", "b", "a", "b", "a");
    }

    @Test
    void without_a_limit_the_less_loaded_of_two_is_picked() {
        assertThat(picks(0, 4)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void requests_in_flight_stay_counted_when_pods_change() {
        // given
        PodPicker<String> picker = new PodPicker<>(1, ALWAYS_THE_FIRST);
        picker.assign(List.of("b"));
        picker.acquire();
        // when
        picker.assign(List.of("a", "b"));
        // then
        assertThat(picker.acquire()).isEqualTo("a");
        assertThat(picker.acquire()).isNull();
        picker.release("b");
        assertThat(picker.acquire()).isEqualTo("b");
    }

    @Property
    void activators_share_out_all_pods_and_each_pod_once(
            @ForAll @IntRange(min = 1, max = 40) int pods, @ForAll @IntRange(min = 2, max = 10) int activators) {
        List<Integer> assigned = new ArrayList<>();
        for (int self = 0; self < activators; self++) {
            assigned.addAll(ActivatorPods.direct(5, pods, activators, self).pods());
        }
        List<Integer> all = IntStream.range(0, pods).boxed().toList();
        if (activators <= pods && pods > 1) {
            assertThat(assigned).containsExactlyInAnyOrderElementsOf(all);
        } else {
            assertThat(assigned).containsAll(all);
        }
    }

    private static List<String> picks(int containerConcurrency, int requests) {
        PodPicker<String> picker = new PodPicker<>(containerConcurrency, ALWAYS_THE_FIRST);
        picker.assign(List.of("a", "b"));
        List<String> picks = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            picks.add(picker.acquire());
        }
        return picks;
    }
}
