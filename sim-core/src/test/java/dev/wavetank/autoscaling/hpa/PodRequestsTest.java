package dev.wavetank.autoscaling.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodRequestsTest {

    private static final HpaContainer APP = new HpaContainer("app", false, Map.of("cpu", 100L));
    private static final HpaContainer SIDECAR = new HpaContainer("sidecar", true, Map.of("cpu", 50L));
    private static final HpaContainer SETUP = new HpaContainer("setup", false, Map.of("cpu", 400L));

    private static HpaPod pod(List<HpaContainer> initContainers, Map<String, Long> podRequests) {
        return new HpaPod(
                "web",
                Map.of(),
                HpaPod.Phase.RUNNING,
                false,
                null,
                null,
                List.of(APP),
                initContainers,
                podRequests,
                Map.of("cpu", 7L));
    }

    private static long cpuOf(HpaPod pod) throws MetricException {
        return PodRequests.of(List.of(pod), null, "cpu", true).getOrDefault("web", -1L);
    }

    @Test
    void sidecars_count_and_init_containers_do_not() throws MetricException {
        assertThat(cpuOf(pod(List.of(SIDECAR, SETUP), Map.of()))).isEqualTo(150);
    }

    @Test
    void a_request_for_the_pod_as_a_whole_goes_first_with_overhead_on_top() throws MetricException {
        assertThat(cpuOf(pod(List.of(SIDECAR), Map.of("cpu", 80L)))).isEqualTo(87);
    }

    @Test
    void what_the_pod_as_a_whole_does_not_set_is_what_the_scheduler_reserves() throws MetricException {
        // the init container runs beside the sidecar: 450 is more than the 150 that run later
        assertThat(cpuOf(pod(List.of(SIDECAR, SETUP), Map.of("memory", 1L)))).isEqualTo(457);
    }

    @Test
    void one_container_without_a_request_spoils_the_percentage_of_all() {
        HpaPod without = pod(List.of(new HpaContainer("agent", true, Map.of())), Map.of());

        assertThatThrownBy(() -> cpuOf(without)).hasMessage("missing request for cpu in container agent of Pod web");
    }

    @Test
    void a_named_container_is_looked_at_alone() throws MetricException {
        HpaPod pod = pod(List.of(SIDECAR), Map.of("cpu", 900L));

        assertThat(PodRequests.of(List.of(pod), "sidecar", "cpu", true)).containsEntry("web", 50L);
        assertThatThrownBy(() -> PodRequests.of(List.of(pod), "other", "cpu", true))
                .hasMessage("container other not found in Pod web");
    }
}
