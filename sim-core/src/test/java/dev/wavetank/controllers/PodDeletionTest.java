package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestPod.NOW;
import static dev.wavetank.controllers.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodDeletionTest {

    @Test
    void a_pod_without_a_node_is_deleted_before_one_that_is_merely_pending() {
        // given
        Pod pulling = pod("pulling").phase(PodPhase.PENDING).created(10).build();
        Pod waiting = pod("waiting").unscheduled().created(120).build();
        // when
        PodDeletion.Selection selection = select(VictimOrder.KUBERNETES, 1, pulling, waiting);
        // then
        assertThat(selection.pods()).containsExactly(waiting);
        assertThat(selection.reason(0)).isEqualTo("waiting before pulling: waiting is not on a node yet");
    }

    @Test
    void an_old_pod_that_is_not_ready_goes_before_a_new_one_that_is() {
        Pod old = pod("old").created(3600).notReady(20).build();
        Pod young = pod("young").created(60).ready(50).on("n2").build();

        assertThat(select(VictimOrder.KUBERNETES, 1, young, old).pods()).containsExactly(old);
        assertThat(select(VictimOrder.GUIDE, 1, young, old).pods()).containsExactly(young);
    }

    @Test
    void a_pod_on_a_crowded_node_goes_before_a_newer_one_that_is_alone() {
        Pod a = pod("a").uid("aa").created(7200).ready(7190).build();
        Pod b = pod("b").uid("bb").created(7000).ready(6990).build();
        Pod c = pod("c").uid("cc").created(60).ready(50).on("n2").build();

        PodDeletion.Selection selection = select(VictimOrder.KUBERNETES, 2, c, b, a);

        assertThat(selection.pods()).containsExactly(a, b);
        assertThat(selection.reason(0)).isEqualTo("a before c: a's node runs 2 pods of the workload, c's 1");
    }

    @Test
    void ages_within_one_power_of_two_are_told_apart_by_uid() {
        Pod younger = pod("younger").uid("ff").created(2410).ready(2400).build();
        Pod older = pod("older").uid("00").created(4010).ready(4000).build();

        assertThat(select(VictimOrder.KUBERNETES, 1, younger, older).pods()).containsExactly(older);
        assertThat(select(VictimOrder.GUIDE, 1, younger, older).pods()).containsExactly(younger);
    }

    @Test
    void a_lower_deletion_cost_goes_first_and_nonsense_counts_as_nothing() {
        Pod cheap = pod("cheap").cost("-1").ready(9000).build();
        Pod odd = pod("odd").cost("+10").ready(1).build();
        Pod dear = pod("dear").cost("10").ready(1).build();

        assertThat(select(VictimOrder.KUBERNETES, 2, dear, odd, cheap).pods()).containsExactly(cheap, odd);
    }

    @Test
    void everybody_goes_unsorted_when_the_replica_set_shrinks_to_nothing() {
        Pod a = pod("a").ready(10).build();
        Pod b = pod("b").build();

        PodDeletion.Selection selection = select(VictimOrder.KUBERNETES, 2, a, b);

        assertThat(selection.pods()).containsExactly(a, b);
        assertThat(selection.reason(0)).isEqualTo("a: every pod goes");
    }

    @Test
    void more_pods_than_there_are_cannot_be_deleted() {
        assertThatThrownBy(() -> select(VictimOrder.KUBERNETES, 2, pod("a").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot delete 2 of 1 pods");
    }

    @Test
    void a_seeded_tie_break_changes_with_the_seed_and_with_nothing_else() {
        List<Pod> twins = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                .map(name -> pod(name).ready(5).build())
                .toList();
        List<Pod> turned =
                twins.stream().sorted((x, y) -> y.name().compareTo(x.name())).toList();

        assertThat(seeded(twins, 1)).isEqualTo(seeded(turned, 1)).isNotEqualTo(seeded(twins, 2));
    }

    private static List<Pod> seeded(List<Pod> pods, long seed) {
        return PodDeletion.podsToDelete(
                        pods, PodsPerNode.of(pods), 3, NOW, VictimOrder.KUBERNETES, TieBreak.seeded(seed))
                .pods();
    }

    private static PodDeletion.Selection select(VictimOrder order, int count, Pod... pods) {
        return PodDeletion.podsToDelete(
                List.of(pods), PodsPerNode.of(List.of(pods)), count, NOW, order, TieBreak.AS_GIVEN);
    }
}
