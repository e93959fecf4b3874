package dev.wavetank.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Endpoint;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlicePackingPropertiesTest {

    @Property(tries = 300)
    void every_pod_is_in_exactly_one_slice_as_it_is_now_and_no_slice_is_too_full(
            @ForAll @IntRange(min = 1, max = 7) int maxEndpoints,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 400) Integer> changes) {
        SlicedService service = new SlicedService(maxEndpoints);
        for (int change : changes) {
            change(service, change);
            service.sync();

            List<Endpoint> listed = service.slices().stream()
                    .flatMap(slice -> slice.endpoints().stream())
                    .toList();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(service.pods());
            assertThat(service.sizes()).isNotEmpty().allMatch(size -> size <= maxEndpoints);
        }
    }

    @Property(tries = 100)
    void a_sync_without_a_change_writes_nothing(
            @ForAll @IntRange(min = 1, max = 7) int maxEndpoints,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 400) Integer> changes) {
        SlicedService service = new SlicedService(maxEndpoints);
        for (int change : changes) {
            change(service, change);
            service.sync();
            assertThat(service.sync().isEmpty()).isTrue();
        }
    }

    private static void change(SlicedService service, int change) {
        int pod = change / 4;
        switch (change % 4) {
            case 0 -> service.add(pod % 12);
            case 1 -> service.remove("pod-" + pod % (service.podsMade() + 1));
            case 2 -> service.setReady("pod-" + pod % (service.podsMade() + 1), pod % 2 == 0);
            default -> service.moveToPort(8080 + pod % 2, "pod-" + pod % (service.podsMade() + 1));
        }
    }
}
