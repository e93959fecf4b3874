package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.QosClass.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QosClassTest {

    private static final Resources SOME = new Resources(500, 64L << 20);

    @Test
    void limits_equal_to_requests_in_every_container_are_guaranteed() {
        assertThat(QosClass.of(List.of(new Claim(SOME, SOME), new Claim(SOME, SOME)), null))
                .isEqualTo(QosClass.GUARANTEED);
    }

    @Test
    void one_container_without_limits_makes_the_pod_burstable() {
        Claim nothing = new Claim(Resources.NONE, Resources.NONE);
        assertThat(QosClass.of(List.of(new Claim(SOME, SOME), nothing), null)).isEqualTo(QosClass.BURSTABLE);
        assertThat(QosClass.of(List.of(nothing, nothing), null)).isEqualTo(QosClass.BEST_EFFORT);
    }

    @Test
    void a_missing_request_is_copied_from_the_limit_but_a_request_of_zero_is_not_missing() {
        Map<String, Quantity> limits = Map.of("cpu", Quantity.parse("1"));
        assertThat(ResourceDefaults.requests(Map.of(), limits)).isEqualTo(limits);
        assertThat(ResourceDefaults.requests(Map.of("cpu", Quantity.ZERO), limits))
                .containsEntry("cpu", Quantity.ZERO);
    }

    @Test
    void the_kernel_kills_the_smallest_claim_first() {
        long gibibyte = 1L << 30;
        assertThat(QosClass.BURSTABLE.oomScoreAdjust(gibibyte, 4 * gibibyte)).isEqualTo(750);
        assertThat(QosClass.BURSTABLE.oomScoreAdjust(0, 4 * gibibyte)).isEqualTo(999);
        assertThat(QosClass.BEST_EFFORT.oomScoreAdjust(0, 4 * gibibyte)).isEqualTo(1000);
    }
}
