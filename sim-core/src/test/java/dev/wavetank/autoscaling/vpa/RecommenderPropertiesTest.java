package dev.wavetank.autoscaling.vpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RecommenderPropertiesTest {

    private static final long MINUTE = 60L * 1_000_000_000;
    private static final long START = 29_000_000 * MINUTE;

    @Property(tries = 300)
    void the_target_lies_between_its_bounds(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 20_000) Long> cpuMillis) {
        ContainerRecommendation recommendation = recommend(cpuMillis, ContainerPolicy.DEFAULT);
        for (Resource resource : Resource.values()) {
            long target = recommendation.target().orZero(resource);
            assertThat(recommendation.lowerBound().orZero(resource)).isLessThanOrEqualTo(target);
            assertThat(recommendation.upperBound().orZero(resource)).isGreaterThanOrEqualTo(target);
        }
    }

    @Property(tries = 300)
    void nothing_recommended_exceeds_max_allowed_nor_falls_below_min_allowed(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 20_000) Long> cpuMillis,
            @ForAll @LongRange(min = 1, max = 5_000) long min,
            @ForAll @LongRange(min = 0, max = 5_000) long more) {
        ContainerRecommendation recommendation = recommend(
                cpuMillis,
                ContainerPolicy.DEFAULT.withBounds(
                        new ResourceAmounts(min, null), new ResourceAmounts(min + more, null)));
        for (ResourceAmounts amounts :
                List.of(recommendation.lowerBound(), recommendation.target(), recommendation.upperBound())) {
            assertThat(amounts.orZero(Resource.CPU)).isBetween(min, min + more);
        }
    }

    private static ContainerRecommendation recommend(List<Long> cpuMillis, ContainerPolicy policy) {
        AggregateContainerState app = new AggregateContainerState();
        ContainerState pod = new ContainerState(app);
        long time = START;
        for (long millis : cpuMillis) {
            pod.addCpuSample(time, millis);
            pod.addMemorySample(time, millis * 1_000_000);
            time += MINUTE;
        }
        TreeMap<String, AggregateContainerState> usage = new TreeMap<>();
        usage.put("app", app);
        return Recommender.recommend(usage, new ResourcePolicy(ImmutableMap.of("app", policy)), ResourceAmounts.NONE)
                .get(0);
    }
}
