package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.PodDeletionGrace.Outcome;
import org.junit.jupiter.api.Test;

class PodDeletionGraceTest {

    private static final long NOW = 100 * Times.SECOND;

    private static Pod pod(String nodeName) {
        PodSpec spec = new PodSpec(
                ImmutableList.of(),
                ImmutableList.of(),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                JsonNodeFactory.instance.objectNode());
        return new Pod(ObjectMeta.named("default", "web"), spec, nodeName, PodStatus.NEW);
    }

    @Test
    void a_pod_on_a_node_gets_the_grace_its_spec_asks_for() {
        assertThat(PodDeletionGrace.decide(pod("node-1"), null, NOW))
                .isEqualTo(new PodDeletionGrace(Outcome.TERMINATING, NOW + 30 * Times.SECOND, 30, true));
    }

    @Test
    void a_pod_without_a_node_is_gone_at_once() {
        assertThat(PodDeletionGrace.decide(pod(""), 60L, NOW).outcome()).isEqualTo(Outcome.UPDATED_THEN_REMOVED_NOW);
    }

    @Test
    void a_second_deletion_can_only_hurry() {
        // given
        Pod leaving = pod("node-1");
        leaving = leaving.withMetadata(leaving.metadata().withDeletion(NOW + 30 * Times.SECOND, 30));
        // then
        assertThat(PodDeletionGrace.decide(leaving, 40L, NOW).outcome())
                .isEqualTo(Outcome.ALREADY_TERMINATING_NO_CHANGE);
        assertThat(PodDeletionGrace.decide(leaving, 5L, NOW).deletionTimestamp())
                .isEqualTo(NOW + 5 * Times.SECOND);
        assertThat(PodDeletionGrace.decide(leaving, 5L, NOW + 10 * Times.SECOND))
                .isEqualTo(new PodDeletionGrace(Outcome.TERMINATING, NOW + 10 * Times.SECOND, 1, false));
    }
}
