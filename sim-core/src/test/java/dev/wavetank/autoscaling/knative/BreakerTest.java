package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.knative.Breaker.Admission;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BreakerTest {

    @Test
    void ten_wait_for_each_that_runs_and_the_next_is_refused() {
        // given
        Breaker breaker = Breaker.ofQueueProxy(2);
        List<Admission> admissions = new ArrayList<>();
        // when
        for (int request = 0; request < 23; request++) {
            admissions.add(breaker.offer(request));
        }
        // then
        assertThat(admissions.subList(0, 2)).containsOnly(Admission.STARTED);
        assertThat(admissions.subList(2, 22)).containsOnly(Admission.QUEUED);
        assertThat(admissions.get(22)).isEqualTo(Admission.FULL);
    }

    @Test
    void the_first_that_came_is_the_first_to_start_unless_it_gave_up() {
        Breaker breaker = Breaker.ofQueueProxy(1);
        breaker.offer(1);
        breaker.offer(2);
        breaker.offer(3);
        assertThat(breaker.giveUp(2)).isTrue();
        assertThat(breaker.release()).containsExactly(3L);
        assertThat(breaker.giveUp(3)).isFalse();
    }

    @Test
    void a_cold_start_lets_all_out_that_fit() {
        Breaker breaker = new Breaker(100, 10, 0);
        breaker.offer(1);
        breaker.offer(2);
        breaker.offer(3);
        assertThat(breaker.setCapacity(2)).containsExactly(1L, 2L);
    }

    @Test
    void lowered_capacity_lets_running_requests_finish_first() {
        Breaker breaker = new Breaker(10, 3, 3);
        breaker.offer(1);
        breaker.offer(2);
        breaker.offer(3);
        breaker.offer(4);
        breaker.setCapacity(1);
        assertThat(breaker.release()).isEmpty();
        assertThat(breaker.release()).isEmpty();
        assertThat(breaker.release()).containsExactly(4L);
    }

    @Property
    void no_more_run_than_the_capacity_and_none_wait_while_there_is_room(
            @ForAll @IntRange(min = 1, max = 5) int capacity, @ForAll List<Boolean> arrivals) {
        Breaker breaker = new Breaker(50, capacity, capacity);
        int running = 0;
        int waiting = 0;
        long request = 0;
        for (boolean arrival : arrivals) {
            if (arrival) {
                Admission admission = breaker.offer(request++);
                running += admission == Admission.STARTED ? 1 : 0;
                waiting += admission == Admission.QUEUED ? 1 : 0;
            } else if (running > 0) {
                int started = breaker.release().size();
                running += started - 1;
                waiting -= started;
            }
            assertThat(running).isLessThanOrEqualTo(capacity);
            assertThat(waiting == 0 || running == capacity).isTrue();
        }
    }
}
