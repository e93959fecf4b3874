package dev.wavetank.controllers.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.controllers.scheduling.Placement.Assignment;
import dev.wavetank.model.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SchedulingPropertiesTest {

    @Property(tries = 200)
    void no_node_is_ever_given_more_than_it_has(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 500, max = 4000) Integer> nodeCpus,
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 1500) Integer> podCpus) {
        ClusterSnapshot cluster = cluster(nodeCpus);
        Map<String, Integer> given = new HashMap<>();
        for (int i = 0; i < podCpus.size(); i++) {
            int cpu = podCpus.get(i);
            PodInfo pod = SchedulingTest.pod("p" + i, cpu, 0, "{}");
            if (Scheduling.decide(new IncomingPod(pod, null), cluster, i) instanceof Assignment assignment) {
                String node = assignment.bestNodes().get(0);
                cluster.putPod(pod, node);
                assertThat(given.merge(node, cpu, Integer::sum))
                        .isLessThanOrEqualTo(nodeCpus.get(Integer.parseInt(node.substring(1))));
            } else {
                for (int n = 0; n < nodeCpus.size(); n++) {
                    assertThat(given.getOrDefault("n" + n, 0) + cpu).isGreaterThan(nodeCpus.get(n));
                }
            }
        }
    }

    @Property(tries = 200)
    void counts_kept_up_to_date_are_those_a_fresh_count_finds(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 11) Integer> moves) {
        LabelSelector web =
                LabelSelector.matching(SchedulingTest.pod("any", 0, 0, "{}").labels());
        ClusterSnapshot kept = cluster(List.of(1000, 1000, 1000));
        kept.spreadCount("default", web);
        ClusterSnapshot fresh = cluster(List.of(1000, 1000, 1000));
        for (int move : moves) {
            String pod = "p" + move % 4;
            kept.removePod(pod);
            fresh.removePod(pod);
            if (move < 9) {
                kept.putPod(SchedulingTest.pod(pod, 0, 0, "{}"), "n" + move % 3);
                fresh.putPod(SchedulingTest.pod(pod, 0, 0, "{}"), "n" + move % 3);
            }
        }
        for (int n = 0; n < 3; n++) {
            assertThat(kept.spreadCount("default", web).on(kept.nodes().get(n)))
                    .isEqualTo(
                            fresh.spreadCount("default", web).on(fresh.nodes().get(n)));
        }
    }

    private static ClusterSnapshot cluster(List<Integer> nodeCpus) {
        ClusterSnapshot cluster = new ClusterSnapshot();
        for (int i = 0; i < nodeCpus.size(); i++) {
            cluster.putNode(SchedulingTest.node("n" + i, "z" + i % 2, nodeCpus.get(i)));
        }
        return cluster;
    }
}
