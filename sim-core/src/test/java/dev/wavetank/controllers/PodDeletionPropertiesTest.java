package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestPod.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PodDeletionPropertiesTest {

    /** Few values for each key, so that ties and the cycles of the real order are common. */
    @Provide
    Arbitrary<List<Pod>> pods() {
        Arbitrary<TestPod> pod = Combinators.combine(
                        Arbitraries.of(PodPhase.PENDING, PodPhase.RUNNING, PodPhase.RUNNING, PodPhase.UNKNOWN),
                        Arbitraries.of("", "n1", "n2", "n2"),
                        Arbitraries.of(5L, 40L, 41L, 42L, 60L, 4000L),
                        Arbitraries.of(3L, 33L, 34L, 50L, 2000L),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.strings().withChars("abc").ofLength(3))
                .as((phase, node, created, ready, isReady, restarts, uid) -> {
                    TestPod made = TestPod.pod("p")
                            .uid(uid)
                            .phase(phase)
                            .on(node)
                            .created(created)
                            .restarts(restarts);
                    return isReady ? made.ready(ready) : made.notReady(ready);
                });
        return pod.list().ofMinSize(1).ofMaxSize(60).map(made -> {
            List<Pod> pods = new ArrayList<>();
            for (TestPod one : made) {
                Pod built = one.build();
                String suffix = "-" + pods.size();
                pods.add(built.withMetadata(
                        built.metadata().withUid(built.metadata().uid() + suffix)));
            }
            return pods;
        });
    }

    @Property
    void shrinking_picks_as_many_distinct_pods_as_there_is_excess(
            @ForAll("pods") List<Pod> pods, @ForAll @IntRange(min = 0, max = 60) int wanted, @ForAll boolean guide) {
        int count = Math.min(wanted, pods.size());
        PodDeletion.Selection selection = select(pods, count, guide ? VictimOrder.GUIDE : VictimOrder.KUBERNETES);

        assertThat(uids(selection.pods())).hasSize(count);
        assertThat(uids(pods)).containsAll(uids(selection.pods()));
        assertThat(selection.victims().size() + selection.spared().size()).isEqualTo(pods.size());
    }

    @Property
    void no_pod_is_followed_by_one_that_goes_before_it(@ForAll("pods") List<Pod> pods) {
        PodDeletion.Selection selection = select(pods, pods.size() - 1, VictimOrder.KUBERNETES);
        List<VictimCandidate> sorted = new ArrayList<>(selection.victims());
        sorted.addAll(selection.spared());

        for (int i = 1; i < sorted.size(); i++) {
            assertThat(VictimOrder.KUBERNETES.before(sorted.get(i), sorted.get(i - 1)))
                    .isFalse();
        }
    }

    @Property
    void of_two_pods_at_most_one_goes_before_the_other(@ForAll("pods") List<Pod> pods) {
        List<VictimCandidate> all = select(pods, 0, VictimOrder.KUBERNETES).spared();
        for (VictimCandidate a : all) {
            for (VictimCandidate b : all) {
                assertThat(VictimOrder.KUBERNETES.before(a, b) && VictimOrder.KUBERNETES.before(b, a))
                        .isFalse();
                assertThat(VictimOrder.GUIDE.before(a, b) && VictimOrder.GUIDE.before(b, a))
                        .isFalse();
            }
        }
    }

    @Property
    void a_ready_pod_never_goes_while_one_of_its_phase_and_node_that_is_not_ready_stays(
            @ForAll("pods") List<Pod> pods, @ForAll @IntRange(min = 0, max = 59) int wanted) {
        PodDeletion.Selection selection = select(pods, Math.min(wanted, pods.size() - 1), VictimOrder.KUBERNETES);
        for (VictimCandidate gone : selection.victims()) {
            for (VictimCandidate stays : selection.spared()) {
                boolean alike =
                        gone.pod().isScheduled() == stays.pod().isScheduled() && gone.phaseRank() == stays.phaseRank();
                assertThat(alike && gone.ready() && !stays.ready()).isFalse();
            }
        }
    }

    private static PodDeletion.Selection select(List<Pod> pods, int count, VictimOrder order) {
        return PodDeletion.podsToDelete(pods, PodsPerNode.of(pods), count, NOW, order, TieBreak.seeded(7));
    }

    private static Set<String> uids(List<Pod> pods) {
        Set<String> uids = new LinkedHashSet<>();
        pods.forEach(pod -> uids.add(pod.metadata().uid()));
        return uids;
    }
}
