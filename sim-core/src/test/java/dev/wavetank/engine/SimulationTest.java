package dev.wavetank.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation(42);
    private final List<String> log = new ArrayList<>();

    private Event saying(String what) {
        return () -> log.add(what + "@" + simulation.now());
    }

    @Test
    void events_fire_by_time_and_at_one_instant_in_the_order_of_scheduling() {
        // given
        simulation.at(20, saying("late"));
        simulation.at(10, saying("first"));
        simulation.at(10, saying("second"));
        simulation.at(10, saying("third"));
        // when
        simulation.runUntil(20);
        // then
        assertThat(log).containsExactly("first@10", "second@10", "third@10", "late@20");
        assertThat(simulation.fired()).isEqualTo(4);
    }

    @Test
    void an_event_without_delay_fires_at_this_instant_behind_those_already_due() {
        simulation.at(10, () -> simulation.after(0, saying("child")));
        simulation.at(10, saying("sibling"));
        simulation.runFor(10);
        assertThat(log).containsExactly("sibling@10", "child@10");
    }

    @Test
    void the_clock_ends_exactly_where_it_was_told_to() {
        simulation.at(10, saying("due"));
        simulation.at(101, saying("not yet"));
        simulation.runUntil(100);
        assertThat(simulation.now()).isEqualTo(100);
        assertThat(log).containsExactly("due@10");
        assertThat(simulation.nextEventTime()).isEqualTo(101);
    }

    @Test
    void after_a_pause_or_a_peek_one_can_schedule_before_the_next_event() {
        // given
        simulation.at(1_000_000_000, saying("far"));
        simulation.at(2_000_000_000, saying("farther"));
        simulation.runUntil(5);
        assertThat(simulation.nextEventTime()).isEqualTo(1_000_000_000);
        // when
        simulation.at(5, saying("now"));
        simulation.at(999_999_999, saying("near"));
        simulation.runUntil(3_000_000_000L);
        // then
        assertThat(log).containsExactly("now@5", "near@999999999", "far@1000000000", "farther@2000000000");
    }

    @Test
    void a_cancelled_timer_does_not_fire_and_its_handle_is_never_taken_for_a_later_one() {
        // given
        long timer = simulation.at(10, saying("cancelled"));
        // when
        assertThat(simulation.cancel(timer)).isTrue();
        long other = simulation.at(10, saying("other"));
        // then
        assertThat(simulation.cancel(timer)).isFalse();
        assertThat(other).isNotEqualTo(timer);
        simulation.runUntil(10);
        assertThat(log).containsExactly("other@10");
        assertThat(simulation.cancel(other)).isFalse();
        assertThat(simulation.cancel(0)).isFalse();
    }

    @Test
    void an_event_cannot_cancel_itself_while_it_fires() {
        long[] timer = new long[1];
        timer[0] = simulation.at(1, () -> log.add("cancelled: " + simulation.cancel(timer[0])));
        simulation.step();
        assertThat(log).containsExactly("cancelled: false");
    }

    @Test
    void scheduling_in_the_past_is_refused_with_both_times() {
        simulation.runUntil(1_500_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.at(1_000, saying("too late")))
                .withMessage("cannot schedule an event at 1000 ns: it is already 1500000000 ns (1.5s)");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.after(-1, saying("too late")));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.after(Long.MAX_VALUE, saying("overflow")));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.runUntil(5));
    }

    @Test
    void a_condition_is_tested_after_every_event_and_stops_the_clock_there() {
        for (int i = 1; i <= 5; i++) {
            simulation.at(10L * i, saying("tick"));
        }
        assertThat(simulation.runUntil(() -> log.size() == 3, 1000)).isTrue();
        assertThat(simulation.now()).isEqualTo(30);
        assertThat(simulation.runUntil(() -> log.size() == 9, 1000)).isFalse();
        assertThat(simulation.now()).isEqualTo(1000);
    }

    @Test
    void a_condition_that_already_holds_fires_nothing() {
        simulation.at(0, saying("tick"));
        assertThat(simulation.runUntil(() -> true, 1000)).isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void stop_ends_the_run_under_way_and_only_that() {
        simulation.at(10, simulation::stop);
        simulation.at(20, saying("later"));
        simulation.runUntil(100);
        assertThat(simulation.now()).isEqualTo(10);
        simulation.runUntil(100);
        assertThat(log).containsExactly("later@20");
    }

    @Test
    void a_livelock_is_named_with_its_instant() {
        simulation.setLivelockLimit(1000);
        Event again = new Event() {
            @Override
            public void fire() {
                simulation.after(0, this);
            }
        };
        simulation.at(2_000_000_000, again);
        assertThatThrownBy(() -> simulation.runFor(5_000_000_000L))
                .isInstanceOf(LivelockException.class)
                .hasMessageContaining("stands still at 2s (2000000000 ns): more than 1000 events");
    }

    @Test
    void as_many_events_at_one_instant_as_the_limit_allows_are_no_livelock() {
        simulation.setLivelockLimit(1000);
        for (int i = 0; i < 2000; i++) {
            simulation.at(1 + i % 2, saying("event"));
        }
        simulation.runUntil(2);
        assertThat(log).hasSize(2000);
    }

    @Test
    void a_failing_event_is_reported_with_its_instant_and_the_simulation_can_go_on() {
        simulation.at(1_000_000, () -> {
            throw new IllegalStateException("no such pod");
        });
        simulation.at(2_000_000, saying("next"));
        assertThatThrownBy(() -> simulation.runUntil(3_000_000))
                .isInstanceOf(EventFailedException.class)
                .hasMessageContaining("event at 1ms (1000000 ns) failed")
                .hasMessageContaining("no such pod")
                .hasCauseInstanceOf(IllegalStateException.class);
        simulation.runUntil(3_000_000);
        assertThat(log).containsExactly("next@2000000");
    }

    @Test
    void an_event_cannot_run_the_simulation_it_is_part_of() {
        simulation.at(1, () -> simulation.runFor(5));
        assertThatThrownBy(simulation::step).hasRootCauseMessage("an event cannot run the simulation it is part of");
    }

    @Test
    void the_end_of_time_is_an_instant_like_any_other() {
        simulation.at(Long.MAX_VALUE, saying("last"));
        simulation.at(Long.MAX_VALUE - 1, saying("last but one"));
        simulation.at(Long.MAX_VALUE, saying("very last"));
        simulation.runUntil(Long.MAX_VALUE);
        assertThat(log)
                .containsExactly(
                        "last but one@" + (Long.MAX_VALUE - 1),
                        "last@" + Long.MAX_VALUE,
                        "very last@" + Long.MAX_VALUE);
        assertThat(simulation.step()).isFalse();
    }

    @Test
    void long_timeouts_that_are_always_cancelled_leave_nothing_behind() {
        for (int i = 0; i < 1_000_000; i++) {
            long timeout = simulation.after(3_600_000_000_000L, saying("timeout"));
            simulation.runFor(1000);
            assertThat(simulation.cancel(timeout)).isTrue();
        }
        assertThat(simulation.pending()).isZero();
    }

    @Test
    void a_loop_in_its_stride_allocates_nothing() {
        // given
        RandomStream delays = simulation.random().stream("delays");
        for (int i = 0; i < 1000; i++) {
            simulation.after(0, new Event() {
                @Override
                public void fire() {
                    simulation.after((long) delays.nextExponential(20e6), this);
                }
            });
        }
        simulation.runFor(10_000_000_000L);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // when
        long before = threads.getCurrentThreadAllocatedBytes();
        simulation.runFor(10_000_000_000L);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // then
        assertThat(simulation.fired()).isGreaterThan(900_000);
        assertThat(allocated).isLessThan(1000);
    }
}
