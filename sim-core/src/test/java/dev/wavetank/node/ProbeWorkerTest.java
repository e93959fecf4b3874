package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Probe;
import dev.wavetank.model.Times;
import dev.wavetank.node.ProbeStep.Next;
import org.junit.jupiter.api.Test;

class ProbeWorkerTest {

    private static final long START = 500 * Times.MILLISECOND;

    static Probe probe(int initialDelay, int period, int successThreshold, int failureThreshold) {
        return new Probe(
                new Probe.Handler.TcpSocket(IntOrString.of(80)),
                initialDelay,
                period,
                1,
                successThreshold,
                failureThreshold,
                null);
    }

    static ProbedContainer running(long id, long startedAt) {
        return new ProbedContainer(PodPhase.RUNNING, id, new ContainerState.Running(startedAt), true, true);
    }

    @Test
    void a_new_container_is_not_ready_until_probed() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.READINESS, probe(0, 10, 1, 3), false, START);
        // when
        ProbeStep tick = worker.onTick(START, running(1, 0));
        // then
        assertThat(tick).isEqualTo(new ProbeStep(Next.PROBE, true, true));
        assertThat(worker.resultFor(1)).isEqualTo(ProbeResult.FAILURE);
        assertThat(worker.onResult(RawProbeResult.SUCCESS).resultChanged()).isTrue();
        assertThat(worker.resultFor(1)).isEqualTo(ProbeResult.SUCCESS);
    }

    @Test
    void the_initial_delay_counts_from_the_whole_second_of_the_start() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.READINESS, probe(2, 1, 1, 3), false, START);
        long startedAt = 1_900 * Times.MILLISECOND;
        // then
        assertThat(worker.onTick(2_999 * Times.MILLISECOND, running(1, startedAt))
                        .next())
                .isEqualTo(Next.WAIT);
        assertThat(worker.onTick(3_000 * Times.MILLISECOND, running(1, startedAt))
                        .next())
                .isEqualTo(Next.PROBE);
    }

    @Test
    void a_trigger_ticks_at_once_and_moves_the_grid() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.READINESS, probe(0, 10, 1, 3), false, START);
        worker.onTick(START, null);
        // when
        worker.trigger(4 * Times.SECOND);
        // then
        assertThat(worker.nextTickAt()).isEqualTo(4 * Times.SECOND);
        worker.onTick(4 * Times.SECOND, null);
        assertThat(worker.nextTickAt()).isEqualTo(14 * Times.SECOND);
    }

    @Test
    void ticks_missed_during_a_slow_probe_are_made_up_for_once() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.LIVENESS, probe(0, 1, 1, 3), false, 0);
        worker.onTick(0, running(1, 0));
        assertThat(worker.nextTickAt()).isEqualTo(ProbeWorker.NEVER);
        // when the answer comes 3.5 s later
        worker.onResult(RawProbeResult.FAILURE);
        // then
        assertThat(worker.nextTickAt()).isEqualTo(Times.SECOND);
        worker.onTick(3_500 * Times.MILLISECOND, running(1, 0));
        worker.onResult(RawProbeResult.FAILURE);
        assertThat(worker.nextTickAt()).isEqualTo(4 * Times.SECOND);
    }

    @Test
    void a_failed_liveness_probe_asks_to_kill_and_rests_until_the_next_container() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.LIVENESS, probe(0, 1, 1, 1), false, 0);
        worker.onTick(0, running(1, 0));
        // when
        ProbeStep failed = worker.onResult(RawProbeResult.FAILURE);
        // then
        assertThat(failed.syncRequested()).isTrue();
        assertThat(worker.asksToKill(running(1, 0))).isTrue();
        assertThat(worker.onTick(Times.SECOND, running(1, 0)).next()).isEqualTo(Next.WAIT);
        assertThat(worker.onTick(2 * Times.SECOND, running(2, 2 * Times.SECOND)).next())
                .isEqualTo(Next.PROBE);
        assertThat(worker.asksToKill(running(2, 2 * Times.SECOND))).isFalse();
    }

    @Test
    void a_container_that_is_not_restarted_is_not_probed_any_more() {
        // given
        ProbeWorker worker = new ProbeWorker(ProbeType.READINESS, probe(0, 1, 1, 1), false, 0);
        ProbedContainer gone = new ProbedContainer(
                PodPhase.RUNNING, 1, new ContainerState.Terminated(0, "Completed", 0, 0), false, false);
        // then
        assertThat(worker.onTick(0, gone).next()).isEqualTo(Next.END);
        assertThat(worker.nextTickAt()).isEqualTo(ProbeWorker.NEVER);
    }
}
