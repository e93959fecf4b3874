package dev.wavetank.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.endpoints.SlicePlan.Reason;
import org.junit.jupiter.api.Test;

class SlicePackingTest {

    @Test
    void pods_fill_slices_of_a_hundred() {
        SlicedService service = new SlicedService(100);

        service.add(250);
        SlicePlan plan = service.sync();

        assertThat(plan.creates()).hasSize(3);
        assertThat(service.sizes()).containsExactly(100, 100, 50);
    }

    @Test
    void a_service_without_pods_has_one_empty_slice_that_the_first_pod_takes_over() {
        SlicedService service = new SlicedService(100);
        assertThat(service.sync().creates())
                .extracting(SlicePlan.Create::reason)
                .containsExactly(Reason.PLACEHOLDER);
        assertThat(service.sync().isEmpty()).isTrue();

        service.add(1);
        SlicePlan plan = service.sync();

        assertThat(plan.creates()).isEmpty();
        assertThat(plan.deletes()).isEmpty();
        assertThat(plan.updates()).extracting(SlicePlan.Update::reason).containsExactly(Reason.REUSED);
        assertThat(service.sizes()).containsExactly(1);
    }

    @Test
    void holes_are_filled_only_by_a_slice_that_is_written_anyway_or_takes_all_that_is_left() {
        // given two slices with two holes each
        SlicedService service = new SlicedService(5);
        service.add(10);
        service.sync();
        service.remove("pod-0", "pod-1", "pod-5", "pod-6");
        service.sync();
        assertThat(service.sizes()).containsExactly(3, 3);

        // when three pods come, none of the two can take them all
        service.add(3);
        SlicePlan plan = service.sync();

        // then a third slice is made
        assertThat(plan.creates()).hasSize(1);
        assertThat(plan.updates()).isEmpty();
        assertThat(service.sizes()).containsExactly(3, 3, 3);
    }

    @Test
    void additions_go_to_the_slice_that_ends_fullest() {
        SlicedService service = new SlicedService(5);
        service.add(10);
        service.sync();
        service.remove("pod-0", "pod-1", "pod-5");
        service.sync();
        assertThat(service.sizes()).containsExactly(4, 3);

        service.add(1);
        SlicePlan plan = service.sync();

        assertThat(plan.updates()).extracting(SlicePlan.Update::reason).containsExactly(Reason.ROOM_FOR_ALL);
        assertThat(service.sizes()).containsExactly(5, 3);
    }

    @Test
    void pods_with_other_ports_never_share_a_slice() {
        SlicedService service = new SlicedService(100);
        service.add(1);
        service.sync();

        service.moveToPort(8081, "pod-0");
        service.add(1);
        service.sync();

        assertThat(service.sizes()).containsExactly(1, 1);
        assertThat(service.slices())
                .allSatisfy(slice -> assertThat(slice.ports()).hasSize(1))
                .extracting(slice -> ImmutableList.copyOf(slice.ports()).get(0).port())
                .containsExactlyInAnyOrder(8080, 8081);
    }
}
