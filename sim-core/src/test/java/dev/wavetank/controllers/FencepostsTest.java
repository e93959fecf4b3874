package dev.wavetank.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.model.IntOrString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FencepostsTest {

    @Test
    void surge_is_rounded_up_and_unavailability_down() {
        Fenceposts ten = Fenceposts.resolve(IntOrString.of("25%"), IntOrString.of("25%"), 10);

        assertThat(ten.maxTotal()).isEqualTo(13);
        assertThat(ten.minAvailable()).isEqualTo(8);
    }

    @Test
    void if_both_come_to_nothing_one_pod_may_be_missing() {
        Fenceposts three = Fenceposts.resolve(IntOrString.of(0), IntOrString.of("25%"), 3);

        assertThat(three.maxTotal()).isEqualTo(3);
        assertThat(three.minAvailable()).isEqualTo(2);
    }

    @Test
    void a_text_that_is_no_percentage_is_refused_in_the_servers_words() {
        assertThatThrownBy(() -> Fenceposts.resolve(IntOrString.of("many"), null, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(RollingUpdateValidation.errors(IntOrString.of(0), IntOrString.of("0%")))
                .containsExactly("spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when"
                        + " `maxSurge` is 0");
        assertThat(RollingUpdateValidation.errors(null, null)).isEmpty();
    }

    @Property
    void what_must_be_available_lies_between_nothing_and_everything(
            @ForAll @IntRange(max = 300) int surge,
            @ForAll @IntRange(max = 300) int unavailable,
            @ForAll @IntRange(max = 2000) int replicas) {
        Fenceposts fenceposts =
                Fenceposts.resolve(IntOrString.of(surge + "%"), IntOrString.of(unavailable + "%"), replicas);

        assertThat(fenceposts.minAvailable()).isBetween(0, replicas);
        assertThat(fenceposts.maxTotal()).isGreaterThanOrEqualTo(replicas);
    }
}
