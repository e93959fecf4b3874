package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Times;
import dev.wavetank.node.KillSequence.Doomed;
import dev.wavetank.node.KillSequence.Ending;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsAndKillsTest {

    private static long seconds(double seconds) {
        return (long) (seconds * Times.SECOND);
    }

    @Test
    void the_first_restart_is_immediate_and_the_second_waits_ten_seconds() {
        // given
        CrashLoopBackOff backOff = new CrashLoopBackOff(CrashLoopBackOff.Limits.DEFAULT);
        // then
        assertThat(backOff.attempt(seconds(1), seconds(0.5)).refused()).isFalse();
        CrashLoopBackOff.Attempt second = backOff.attempt(seconds(3), seconds(2));
        assertThat(second.refused()).isTrue();
        assertThat(second.retryAt()).isEqualTo(seconds(12));
        assertThat(backOff.attempt(seconds(12), seconds(2)).refused()).isFalse();
    }

    @Test
    void ten_minutes_without_a_crash_are_a_fresh_start() {
        // given
        CrashLoopBackOff backOff = new CrashLoopBackOff(CrashLoopBackOff.Limits.DEFAULT);
        backOff.attempt(seconds(1), seconds(0));
        // then
        assertThat(backOff.attempt(seconds(603), seconds(602)).refused()).isFalse();
    }

    @Test
    void the_message_writes_durations_as_go_does() {
        assertThat(CrashLoopBackOff.message(seconds(160), "app", "web-1", "default", "u1"))
                .isEqualTo("back-off 2m40s restarting failed container=app pod=web-1_default(u1)");
    }

    @Test
    void an_image_that_failed_is_left_alone_for_ten_then_twenty_seconds() {
        // given
        ImagePullBackOff backOff = new ImagePullBackOff();
        assertThat(backOff.refuses(0)).isFalse();
        // when
        backOff.failed(0);
        // then
        assertThat(backOff.refuses(seconds(9.9))).isTrue();
        assertThat(backOff.refuses(seconds(10))).isFalse();
        backOff.failed(seconds(12));
        assertThat(backOff.refuses(seconds(31.9))).isTrue();
        assertThat(backOff.refuses(seconds(32))).isFalse();
    }

    @Test
    void a_prestop_hook_longer_than_the_grace_is_cut_short_and_two_seconds_remain() {
        // given
        Doomed web = new Doomed("web", Role.MAIN, seconds(8), KillSequence.NEVER, 0);
        // when
        Ending ending = KillSequence.of(List.of(web), new ContainerKill(5)).get(0);
        // then
        assertThat(ending.preStopCutShort()).isTrue();
        assertThat(ending.signalAt()).isEqualTo(seconds(5));
        assertThat(ending.killAt()).isEqualTo(seconds(7));
        assertThat(ending.exitCode()).isEqualTo(137);
    }

    @Test
    void sidecars_stop_after_the_main_containers_and_in_reverse_order() {
        // given
        Doomed proxy = new Doomed("proxy", Role.SIDECAR, KillSequence.NEVER, seconds(1), 0);
        Doomed logger = new Doomed("logger", Role.SIDECAR, KillSequence.NEVER, seconds(1), 0);
        Doomed web = new Doomed("web", Role.MAIN, KillSequence.NEVER, seconds(3), 0);
        // when
        List<Ending> endings = KillSequence.of(List.of(proxy, logger, web), new ContainerKill(30));
        // then
        assertThat(endings).extracting(Ending::signalAt).containsExactly(seconds(4), seconds(3), 0L);
    }

    @Test
    void a_liveness_kill_uses_the_probes_own_grace_unless_the_pod_is_being_deleted() {
        ContainerKill.Cause liveness = ContainerKill.Cause.LIVENESS_PROBE;
        assertThat(ContainerKill.because(liveness, null, 5L, 30).graceSeconds()).isEqualTo(5);
        assertThat(ContainerKill.because(liveness, 10L, 5L, 30).graceSeconds()).isEqualTo(10);
        assertThat(ContainerKill.because(ContainerKill.Cause.POST_START_HOOK, null, 5L, 30)
                        .graceSeconds())
                .isEqualTo(30);
    }
}
