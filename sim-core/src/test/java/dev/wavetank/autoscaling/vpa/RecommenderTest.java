package dev.wavetank.autoscaling.vpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecommenderTest {

    private static final long MINUTE = 60L * 1_000_000_000;
    private static final long START = 29_000_000 * MINUTE;
    private static final long MIB = 1024 * 1024;

    private final AggregateContainerState app = new AggregateContainerState();
    private final ContainerState pod = new ContainerState(app);

    @Test
    void an_idle_container_gets_the_smallest_pod_there_is() {
        // given
        use(1, 1, 10 * MIB);
        // when
        ContainerRecommendation recommendation = recommend(ResourcePolicy.NONE);
        // then
        assertThat(recommendation.target()).isEqualTo(ResourceAmounts.of(25, 250 * MIB));
        assertThat(recommendation.cappings())
                .containsExactly(
                        new Capping(Resource.CPU, Capping.Cause.POD_MINIMUM),
                        new Capping(Resource.MEMORY, Capping.Cause.POD_MINIMUM));
    }

    @Test
    void one_sample_gives_a_target_and_no_bounds_worth_the_name() {
        // given
        use(1, 1000, 1000 * MIB);
        // when
        ContainerRecommendation recommendation = recommend(ResourcePolicy.NONE);
        // then
        assertThat(recommendation.target().orZero(Resource.CPU)).isBetween(1150L, 1250L);
        assertThat(recommendation.lowerBound()).isEqualTo(ResourceAmounts.of(25, 250 * MIB));
        assertThat(recommendation.upperBound()).isEqualTo(ResourceAmounts.of(Amounts.MAX, Amounts.MAX));
    }

    @Test
    void after_a_day_the_upper_bound_is_twice_the_percentile() {
        // given
        use(1441, 1000, 1000 * MIB);
        // when
        ContainerRecommendation recommendation = recommend(ResourcePolicy.NONE);
        // then
        assertThat(app.confidence()).isEqualTo(1);
        assertThat(recommendation.upperBound().orZero(Resource.CPU))
                .isEqualTo(2 * recommendation.target().orZero(Resource.CPU));
    }

    @Test
    void max_allowed_wins_over_min_allowed_and_the_uncapped_target_tells_the_truth() {
        // given
        use(10, 1000, 1000 * MIB);
        ContainerPolicy policy =
                ContainerPolicy.DEFAULT.withBounds(new ResourceAmounts(900L, null), new ResourceAmounts(500L, null));
        // when
        ContainerRecommendation recommendation = recommend(new ResourcePolicy(ImmutableMap.of("*", policy)));
        // then
        assertThat(recommendation.target().orZero(Resource.CPU)).isEqualTo(500);
        assertThat(recommendation.uncappedTarget().orZero(Resource.CPU)).isGreaterThan(1000);
        assertThat(recommendation.cappings()).extracting(Capping::toString).contains("cpu lowered to maxAllowed");
    }

    @Test
    void the_global_maximum_holds_where_the_policy_sets_none() {
        // given
        use(10, 1000, 1000 * MIB);
        // when
        List<ContainerRecommendation> recommendations =
                Recommender.recommend(usage(), ResourcePolicy.NONE, new ResourceAmounts(100L, null));
        // then
        assertThat(recommendations.get(0).target().orZero(Resource.CPU)).isEqualTo(100);
    }

    @Test
    void a_container_in_mode_off_gets_nothing_and_leaves_its_share_to_the_others() {
        // given
        ContainerPolicy off = new ContainerPolicy(
                false,
                ResourceAmounts.NONE,
                ResourceAmounts.NONE,
                ContainerPolicy.DEFAULT.controlledResources(),
                ContainerPolicy.DEFAULT.controlledValues());
        SortedMap<String, AggregateContainerState> usage = usage();
        usage.put("sidecar", new AggregateContainerState());
        // when
        List<ContainerRecommendation> recommendations =
                Recommender.recommend(usage, new ResourcePolicy(Map.of("sidecar", off)), ResourceAmounts.NONE);
        // then
        assertThat(recommendations).hasSize(1);
        assertThat(recommendations.get(0).target().orZero(Resource.CPU)).isEqualTo(25);
    }

    @Test
    void an_oom_kill_asks_for_a_fifth_more_than_was_requested() {
        // given
        long request = 1000 * MIB;
        // when
        pod.recordOom(START, request);
        // then
        assertThat(app.percentile(Resource.MEMORY, 1)).isBetween(request * 12 / 10, request * 13 / 10);
    }

    @Test
    void a_lower_memory_sample_does_not_replace_the_peak_of_its_window() {
        // given
        pod.addMemorySample(START, 100 * MIB);
        // then
        assertThat(pod.addMemorySample(START + MINUTE, 90 * MIB)).isEqualTo(ContainerState.Outcome.BELOW_PEAK);
        assertThat(pod.addMemorySample(START + 2 * MINUTE, 110 * MIB)).isEqualTo(ContainerState.Outcome.ADDED);
        assertThat(pod.addMemorySample(START + MINUTE, 200 * MIB)).isEqualTo(ContainerState.Outcome.TOO_OLD);
    }

    @Test
    void a_cpu_sample_must_be_younger_than_the_one_before() {
        assertThat(pod.addCpuSample(START, 10)).isEqualTo(ContainerState.Outcome.ADDED);
        assertThat(pod.addCpuSample(START, 10)).isEqualTo(ContainerState.Outcome.TOO_OLD);
    }

    private void use(int minutes, long cpuMillis, long memoryBytes) {
        for (int minute = 0; minute < minutes; minute++) {
            pod.addCpuSample(START + minute * MINUTE, cpuMillis);
            pod.addMemorySample(START + minute * MINUTE, memoryBytes);
        }
    }

    private SortedMap<String, AggregateContainerState> usage() {
        TreeMap<String, AggregateContainerState> usage = new TreeMap<>();
        usage.put("app", app);
        return usage;
    }

    private ContainerRecommendation recommend(ResourcePolicy policy) {
        return Recommender.recommend(usage(), policy, ResourceAmounts.NONE).get(0);
    }
}
