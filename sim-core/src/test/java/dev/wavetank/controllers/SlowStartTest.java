package dev.wavetank.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlowStartTest {

    @Test
    void a_hundred_pods_come_in_seven_doubling_batches() {
        List<Integer> batches = new ArrayList<>();
        for (SlowStart run = SlowStart.of(100, 1); !run.isDone(); run = run.after(0)) {
            batches.add(run.batch());
        }
        assertThat(batches).containsExactly(1, 2, 4, 8, 16, 32, 37);
    }

    @Test
    void one_refusal_ends_the_run_after_its_batch() {
        SlowStart run = SlowStart.of(10, 1).after(0).after(1);

        assertThat(run.isDone()).isTrue();
        assertThat(run.failed()).isTrue();
        assertThat(run.successes()).isEqualTo(2);
        assertThat(run.remaining()).isEqualTo(7);
    }

    @Property
    void without_refusals_every_pod_is_created(@ForAll @IntRange(max = 5000) int count) {
        SlowStart run = SlowStart.of(count, SlowStart.INITIAL_BATCH_SIZE);
        while (!run.isDone()) {
            run = run.after(0);
        }
        assertThat(run.successes()).isEqualTo(count);
    }
}
