package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.node.ObservedContainer.Role;
import dev.wavetank.node.PodActions.Kill;
import dev.wavetank.node.PodActions.Member;
import dev.wavetank.node.PodActions.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodActionsTest {

    private static Member fresh(Role role) {
        return new Member(role, Stage.NEW, false, 0, null);
    }

    private static Member running(Role role, boolean started) {
        return new Member(role, Stage.RUNNING, started, 0, null);
    }

    private static Member exited(Role role, int exitCode) {
        return new Member(role, Stage.EXITED, false, exitCode, null);
    }

    private static Member failing(Role role, ProbeType probe) {
        return new Member(role, Stage.RUNNING, true, 0, probe);
    }

    @Test
    void a_new_pod_starts_its_first_init_container_alone() {
        PodActions actions =
                PodActions.of(List.of(fresh(Role.INIT), fresh(Role.INIT), fresh(Role.MAIN)), RestartPolicy.ALWAYS);
        assertThat(actions.starts()).containsExactly(0);
    }

    @Test
    void main_containers_start_together_once_all_init_containers_are_done() {
        PodActions actions = PodActions.of(
                List.of(exited(Role.INIT, 0), running(Role.SIDECAR, true), fresh(Role.MAIN), fresh(Role.MAIN)),
                RestartPolicy.ALWAYS);
        assertThat(actions.starts()).containsExactly(2, 3);
    }

    @Test
    void a_sidecar_that_is_not_up_yet_holds_everything_after_it_back() {
        PodActions actions =
                PodActions.of(List.of(running(Role.SIDECAR, false), fresh(Role.MAIN)), RestartPolicy.ALWAYS);
        assertThat(actions.starts()).isEmpty();
        assertThat(actions.killPod()).isFalse();
    }

    @Test
    void a_failed_init_container_is_started_again_unless_the_policy_is_never() {
        List<Member> members = List.of(exited(Role.INIT, 1), fresh(Role.MAIN));
        assertThat(PodActions.of(members, RestartPolicy.ON_FAILURE).starts()).containsExactly(0);
        assertThat(PodActions.of(members, RestartPolicy.NEVER).killPod()).isTrue();
    }

    @Test
    void a_container_that_fails_its_liveness_probe_is_killed_and_started_again() {
        PodActions actions = PodActions.of(
                List.of(failing(Role.MAIN, ProbeType.LIVENESS), running(Role.MAIN, true)), RestartPolicy.ALWAYS);
        assertThat(actions.kills()).containsExactly(new Kill(0, ProbeType.LIVENESS, true));
        assertThat(actions.starts()).containsExactly(0);
    }

    @Test
    void the_last_container_of_a_pod_that_never_restarts_takes_the_pod_with_it() {
        PodActions actions = PodActions.of(List.of(failing(Role.MAIN, ProbeType.LIVENESS)), RestartPolicy.NEVER);
        assertThat(actions.killPod()).isTrue();
    }

    @Test
    void a_sidecar_is_started_again_whatever_the_policy() {
        PodActions actions =
                PodActions.of(List.of(exited(Role.SIDECAR, 0), running(Role.MAIN, true)), RestartPolicy.NEVER);
        assertThat(actions.starts()).containsExactly(0);
    }

    @Test
    void sidecars_are_stopped_once_all_main_containers_are_done() {
        PodActions actions =
                PodActions.of(List.of(running(Role.SIDECAR, true), exited(Role.MAIN, 0)), RestartPolicy.ON_FAILURE);
        assertThat(actions.killPod()).isTrue();
    }

    @Test
    void a_pod_that_runs_is_left_alone() {
        PodActions actions =
                PodActions.of(List.of(exited(Role.INIT, 0), running(Role.MAIN, true)), RestartPolicy.ALWAYS);
        assertThat(actions.killPod()).isFalse();
        assertThat(actions.kills()).isEmpty();
        assertThat(actions.starts()).isEmpty();
    }
}
