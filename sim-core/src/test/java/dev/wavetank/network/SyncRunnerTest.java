package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyncRunnerTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_lone_change_is_applied_at_once() {
        SyncRunner runner = SyncRunner.startedAt(0, SyncRunner.Periods.IPTABLES).requested(7 * SECOND);

        assertThat(runner.nextStart()).isEqualTo(7 * SECOND);
        assertThat(runner.reason()).isEqualTo(SyncRunner.Reason.CHANGE);
    }

    @Test
    void a_change_right_after_a_sync_waits_a_second_from_its_end() {
        SyncRunner runner = SyncRunner.startedAt(0, SyncRunner.Periods.IPTABLES)
                .requested(0)
                .started()
                .requested(SECOND / 10);
        assertThat(runner.nextStart()).isEqualTo(SyncRunner.NEVER);

        assertThat(runner.finished(SECOND / 2, true).nextStart()).isEqualTo(SECOND / 2 + SECOND);
    }

    @Test
    void ipvs_does_not_wait_between_syncs() {
        SyncRunner runner = SyncRunner.startedAt(0, SyncRunner.Periods.IPVS)
                .requested(0)
                .started()
                .requested(1)
                .finished(2, true);

        assertThat(runner.nextStart()).isEqualTo(2);
    }

    @Test
    void a_failed_sync_is_tried_again_after_thirty_seconds() {
        SyncRunner runner = SyncRunner.startedAt(0, SyncRunner.Periods.IPTABLES)
                .requested(0)
                .started()
                .finished(0, false);

        assertThat(runner.nextStart()).isEqualTo(30 * SECOND);
        assertThat(runner.reason()).isEqualTo(SyncRunner.Reason.RETRY);
    }

    @Test
    void without_any_change_a_sync_is_due_after_an_hour() {
        SyncRunner runner = SyncRunner.startedAt(0, SyncRunner.Periods.IPTABLES);

        assertThat(runner.nextStart()).isEqualTo(3600 * SECOND);
        assertThat(runner.reason()).isEqualTo(SyncRunner.Reason.PERIODIC);
    }
}
