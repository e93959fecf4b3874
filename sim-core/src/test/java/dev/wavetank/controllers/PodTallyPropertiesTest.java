package dev.wavetank.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class PodTallyPropertiesTest {

    /** A pod in one of several states, by number; null for none. */
    private static @Nullable Pod pod(int slot, int state, ReplicaSet owner) {
        TestPod pod = TestPod.pod("web-" + slot).ownedBy(owner).on("node-" + state % 2);
        return switch (state) {
            case 0, 1 -> pod.build();
            case 2 -> pod.ready(10).build();
            case 3 -> pod.ready(10).terminating().build();
            case 4 ->
                pod.ready(10).labels(ImmutableMap.of("app", "web", "more", "1")).build();
            default -> null;
        };
    }

    @Property
    void counting_changes_gives_the_plan_that_looking_at_every_pod_gives(
            @ForAll @IntRange(min = 0, max = 8) int replicas,
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 29) Integer> changes) {
        // given
        ReplicaSet web = ReplicaSetSyncTest.replicaSet(replicas, 0);
        PodTally tally = new PodTally();
        Map<Integer, Pod> pods = new HashMap<>();
        // when
        for (int change : changes) {
            int slot = change % 5;
            Pod after = pod(slot, change / 5, web);
            tally.replace(pods.get(slot), after);
            if (after == null) {
                pods.remove(slot);
            } else {
                pods.put(slot, after);
            }
        }
        List<Pod> all = new ArrayList<>(pods.values());
        ReplicaSetSync.Plan counted = ReplicaSetSync.planByCount(web, tally, true, TestPod.NOW);
        ReplicaSetSync.Plan looked = ReplicaSetSync.plan(
                web, all, true, () -> PodsPerNode.of(all), VictimOrder.KUBERNETES, TieBreak.AS_GIVEN, TestPod.NOW);
        // then
        assertThat(tally.isEmpty()).isEqualTo(pods.isEmpty());
        if (counted == null) {
            assertThat(looked.toDelete()).isNotEmpty();
        } else {
            assertThat(looked.toDelete()).isEmpty();
            assertThat(counted.toCreate()).isEqualTo(looked.toCreate());
            assertThat(counted.counts()).isEqualTo(looked.counts());
            assertThat(counted.reason()).isEqualTo(looked.reason());
            assertThat(counted.report(null)).isEqualTo(looked.report(null));
        }
        for (Pod pod : all) {
            assertThat(PodsPerNode.sum(List.of(tally)).rankOf(pod))
                    .isEqualTo(PodsPerNode.of(all).rankOf(Objects.requireNonNull(pod)));
        }
    }
}
