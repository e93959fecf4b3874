package dev.wavetank.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.endpoints.EndpointConditions.Reason;
import dev.wavetank.controllers.endpoints.EndpointConditions.Verdict;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.PodPhase;
import org.junit.jupiter.api.Test;

class EndpointConditionsTest {

    @Test
    void a_ready_pod_is_listed_as_ready() {
        Verdict verdict = decide(pod(PodPhase.RUNNING, true, false, true), false);

        assertThat(verdict.reason()).isEqualTo(Reason.READY);
        assertThat(verdict.endpoint()).isEqualTo(listed(true, true, false));
    }

    @Test
    void a_pod_on_its_way_out_that_still_passes_its_probe_serves_but_is_not_ready() {
        Verdict verdict = decide(pod(PodPhase.RUNNING, true, true, true), false);

        assertThat(verdict.reason()).isEqualTo(Reason.SERVING_WHILE_TERMINATING);
        assertThat(verdict.endpoint()).isEqualTo(listed(false, true, true));
    }

    @Test
    void a_pod_on_its_way_out_that_lost_its_probe_neither_serves_nor_is_ready() {
        assertThat(decide(pod(PodPhase.RUNNING, false, true, true), false).endpoint())
                .isEqualTo(listed(false, false, true));
    }

    @Test
    void publishing_not_ready_addresses_makes_ready_whatever_is_listed() {
        Verdict verdict = decide(pod(PodPhase.PENDING, false, true, false), true);

        assertThat(verdict.reason()).isEqualTo(Reason.PUBLISHED_NOT_READY);
        assertThat(verdict.endpoint()).isEqualTo(listed(true, false, true));
    }

    @Test
    void a_finished_pod_is_not_listed() {
        Verdict verdict = decide(pod(PodPhase.SUCCEEDED, true, false, true), true);

        assertThat(verdict.endpoint()).isNull();
        assertThat(verdict.reason()).isEqualTo(Reason.POD_FINISHED);
    }

    @Test
    void a_pod_whose_node_is_gone_is_left_out_and_the_sync_is_tried_again() {
        Verdict verdict = decide(pod(PodPhase.RUNNING, true, false, false), false);

        assertThat(verdict.endpoint()).isNull();
        assertThat(verdict.retry()).isTrue();
    }

    private static Verdict decide(PodFacts pod, boolean publishNotReadyAddresses) {
        return EndpointConditions.of(pod, "web", publishNotReadyAddresses, TrafficDistribution.ANYWHERE, IpFamily.IPV4);
    }

    private static PodFacts pod(PodPhase phase, boolean ready, boolean deleting, boolean nodeExists) {
        return new PodFacts(
                "web-0", phase, ready, deleting, ImmutableList.of("10.244.0.7"), "node-1", nodeExists, "", "", "");
    }

    private static Endpoint listed(boolean ready, boolean serving, boolean terminating) {
        return Endpoint.of("10.244.0.7", "web-0", ready, serving, terminating, "node-1");
    }
}
