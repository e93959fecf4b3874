package dev.wavetank.autoscaling.vpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionPatchTest {

    private final ContainerResources app =
            new ContainerResources("app", ResourceAmounts.of(100, 1000), ResourceAmounts.of(200, 1000));

    @Test
    void limits_keep_their_proportion_to_requests() {
        AdmissionPatch patch = patch(ResourceAmounts.of(150, 1500), ContainerPolicy.DEFAULT, null);
        assertThat(patch.requests()).isEqualTo(ResourceAmounts.of(150, 1500));
        assertThat(patch.limits()).isEqualTo(ResourceAmounts.of(300, 1500));
    }

    @Test
    void max_allowed_bounds_the_request_but_not_the_limit() {
        AdmissionPatch patch = patch(
                ResourceAmounts.of(5000, 1000),
                ContainerPolicy.DEFAULT.withBounds(ResourceAmounts.NONE, ResourceAmounts.of(400, 1000)),
                null);
        assertThat(patch.requests().cpuMillis()).isEqualTo(400);
        assertThat(patch.limits().cpuMillis()).isEqualTo(800);
    }

    @Test
    void requests_only_stops_at_the_limit() {
        // given
        ContainerPolicy requestsOnly = new ContainerPolicy(
                true,
                ResourceAmounts.NONE,
                ResourceAmounts.NONE,
                ContainerPolicy.DEFAULT.controlledResources(),
                ContainerPolicy.ControlledValues.REQUESTS_ONLY);
        // when
        AdmissionPatch patch = patch(ResourceAmounts.of(5000, 500), requestsOnly, null);
        // then
        assertThat(patch.requests()).isEqualTo(ResourceAmounts.of(200, 500));
        assertThat(patch.limits()).isEqualTo(ResourceAmounts.NONE);
        assertThat(patch.cappings()).containsExactly(new Capping(Resource.CPU, Capping.Cause.CONTAINER_LIMIT));
    }

    @Test
    void a_container_without_a_recommendation_is_left_alone() {
        List<AdmissionPatch> patches =
                AdmissionPatch.decide(List.of(app), List.of(), ResourcePolicy.NONE, LimitRangeItem.NONE, null);
        assertThat(patches)
                .containsExactly(new AdmissionPatch("app", ResourceAmounts.NONE, ResourceAmounts.NONE, List.of()));
    }

    @Test
    void a_pod_limit_range_scales_requests_until_the_limits_fit() {
        // given
        LimitRangeItem atMost200 =
                new LimitRangeItem(ResourceAmounts.NONE, new ResourceAmounts(200L, null), ResourceAmounts.NONE);
        // when
        AdmissionPatch patch = patch(ResourceAmounts.of(1000, 1000), ContainerPolicy.DEFAULT, atMost200);
        // then
        assertThat(patch.requests()).isEqualTo(ResourceAmounts.of(100, 1000));
        assertThat(patch.limits()).isEqualTo(ResourceAmounts.of(200, 1000));
        assertThat(patch.cappings()).containsExactly(new Capping(Resource.CPU, Capping.Cause.POD_LIMIT_RANGE));
    }

    private AdmissionPatch patch(ResourceAmounts target, ContainerPolicy policy, @Nullable LimitRangeItem podRange) {
        ContainerRecommendation recommendation = new ContainerRecommendation(
                "app", ResourceAmounts.NONE, target, ResourceAmounts.NONE, target, List.of());
        return AdmissionPatch.decide(
                        List.of(app),
                        List.of(recommendation),
                        new ResourcePolicy(ImmutableMap.of("app", policy)),
                        LimitRangeItem.NONE,
                        podRange)
                .get(0);
    }
}
