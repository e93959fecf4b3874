package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodPhasesTest {

    private static final ContainerState CRASHED = new ContainerState.Terminated(1, "Error", 0, 0);
    private static final ContainerState DONE = new ContainerState.Terminated(0, "Completed", 0, 0);
    private static final ContainerState RUNNING = new ContainerState.Running(0);

    private static ObservedContainer container(String name, Role role, ContainerState state, boolean ready) {
        return new ObservedContainer(name, role, new ContainerStatus(name, state, null, ready, ready, 0));
    }

    @Test
    void a_pod_in_crash_loop_is_running_but_not_ready() {
        // given
        ContainerStatus waiting = new ContainerStatus(
                "web", new ContainerState.Waiting("CrashLoopBackOff", ""), CRASHED, false, false, 3);
        List<ObservedContainer> containers = List.of(new ObservedContainer("web", Role.MAIN, waiting));
        // when
        PodPhase phase = PodPhases.of(containers, RestartPolicy.ALWAYS, false);
        // then
        assertThat(phase).isEqualTo(PodPhase.RUNNING);
        assertThat(PodConditions.containersReady(containers, phase))
                .isEqualTo(new PodConditions.Value(
                        Status.FALSE, "ContainersNotReady", "containers with unready status: [web]"));
    }

    @Test
    void a_deleted_pod_ends_by_its_exit_codes_whatever_its_restart_policy() {
        List<ObservedContainer> clean = List.of(container("web", Role.MAIN, DONE, false));
        List<ObservedContainer> killed = List.of(container("web", Role.MAIN, CRASHED, false));
        assertThat(PodPhases.of(clean, RestartPolicy.ALWAYS, true)).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(PodPhases.of(killed, RestartPolicy.ALWAYS, true)).isEqualTo(PodPhase.FAILED);
        assertThat(PodPhases.of(killed, RestartPolicy.ALWAYS, false)).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void an_init_container_that_fails_for_good_fails_the_pod() {
        List<ObservedContainer> containers =
                List.of(container("setup", Role.INIT, CRASHED, false), new ObservedContainer("web", Role.MAIN, null));
        assertThat(PodPhases.of(containers, RestartPolicy.NEVER, false)).isEqualTo(PodPhase.FAILED);
        assertThat(PodPhases.of(containers, RestartPolicy.ON_FAILURE, false)).isEqualTo(PodPhase.PENDING);
    }

    @Test
    void a_pod_stays_initialized_once_a_main_container_has_run() {
        List<ObservedContainer> containers =
                List.of(container("proxy", Role.SIDECAR, RUNNING, false), container("web", Role.MAIN, RUNNING, true));
        assertThat(PodConditions.initialized(containers, PodPhase.RUNNING).status())
                .isEqualTo(Status.TRUE);
        assertThat(PodConditions.containersReady(containers, PodPhase.RUNNING).message())
                .isEqualTo("containers with unready status: [proxy]");
    }
}
