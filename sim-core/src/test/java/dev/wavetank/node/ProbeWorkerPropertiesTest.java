package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Times;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ProbeWorkerPropertiesTest {

    @Property
    void readiness_only_turns_with_a_full_row_of_equal_results(
            @ForAll @IntRange(min = 1, max = 4) int successThreshold,
            @ForAll @IntRange(min = 1, max = 4) int failureThreshold,
            @ForAll @Size(max = 40) List<RawProbeResult> attempts) {
        ProbeWorker worker = new ProbeWorker(
                ProbeType.READINESS, ProbeWorkerTest.probe(0, 1, successThreshold, failureThreshold), false, 0);
        ProbeResult stored = ProbeResult.FAILURE;
        int successes = 0;
        int failures = 0;
        long now = 0;
        for (RawProbeResult raw : attempts) {
            worker.onTick(now, ProbeWorkerTest.running(1, 0));
            worker.onResult(raw);
            if (raw != RawProbeResult.ERROR) {
                boolean success = raw == RawProbeResult.SUCCESS || raw == RawProbeResult.WARNING;
                successes = success ? successes + 1 : 0;
                failures = success ? 0 : failures + 1;
            }
            ProbeResult after = worker.resultFor(1);
            if (after != stored) {
                assertThat(after == ProbeResult.SUCCESS ? successes : failures)
                        .isEqualTo(after == ProbeResult.SUCCESS ? successThreshold : failureThreshold);
            }
            stored = after;
            now += Times.SECOND;
        }
    }

    @Property
    void without_triggers_every_tick_is_on_the_grid_and_time_goes_on(
            @ForAll @LongRange(min = 0, max = 5_000_000_000L) long start,
            @ForAll @IntRange(min = 1, max = 10) int period,
            @ForAll @Size(max = 20) List<@LongRange(min = 0, max = 30_000_000_000L) Long> latencies) {
        ProbeWorker worker =
                new ProbeWorker(ProbeType.LIVENESS, ProbeWorkerTest.probe(0, period, 1, 1000), false, start);
        long now = start;
        for (long latency : latencies) {
            long due = worker.nextTickAt();
            assertThat((due - start) % (period * Times.SECOND)).isZero();
            now = Math.max(now, due);
            worker.onTick(now, ProbeWorkerTest.running(1, 0));
            now += latency;
            worker.onResult(RawProbeResult.FAILURE);
            assertThat(worker.nextTickAt()).isGreaterThan(due);
        }
    }
}
