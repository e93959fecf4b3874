package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.endpoints.SlicePlan.Create;
import dev.wavetank.controllers.endpoints.SlicePlan.Delete;
import dev.wavetank.controllers.endpoints.SlicePlan.Reason;
import dev.wavetank.controllers.endpoints.SlicePlan.Update;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the endpoints of a Service are spread over its slices: with few writes rather than few slices. Slices are never
 * merged or evened out, so holes that a scale-down left are filled only when that slice is written anyway, or can take
 * all that is left at once.
 *
 * <p>Differs from Kubernetes: it walks slices and endpoints in the random order of Go's maps; here both keep the order
 * they are given in. Sizes and writes are the same.
 *
 * <p>Source: kubernetes 1.36 staging/src/k8s.io/endpointslice/reconciler.go, reconcileByPortMapping and finalize.
 */
public final class SlicePacking {

    /** Endpoints per slice unless {@code --max-endpoints-per-slice} says otherwise. */
    public static final int DEFAULT_MAX_ENDPOINTS = 100;

    private SlicePacking() {}

    /**
     * Plans one sync of one Service and address family.
     *
     * @param existing the slices it has
     * @param desired the endpoints it should have, by the ports they offer (see {@link EndpointPorts#inOrder})
     * @param maxEndpoints endpoints a slice may hold, 1 to 1000
     */
    public static SlicePlan plan(
            List<EndpointSlice> existing,
            Map<ImmutableList<EndpointSlice.Port>, ? extends List<Endpoint>> desired,
            int maxEndpoints) {
        Map<ImmutableList<EndpointSlice.Port>, List<EndpointSlice>> existingByPorts = new LinkedHashMap<>();
        for (EndpointSlice slice : existing) {
            existingByPorts
                    .computeIfAbsent(EndpointPorts.inOrder(slice.ports()), ports -> new ArrayList<>())
                    .add(slice);
        }
        Writes writes = new Writes();
        desired.forEach((ports, endpoints) -> new PortPacking(
                        ports, existingByPorts.getOrDefault(ports, List.of()), endpoints, maxEndpoints)
                .pack(writes));
        existingByPorts.forEach((ports, slices) -> {
            if (!desired.containsKey(ports)) {
                slices.forEach(slice -> writes.deletes.add(new Delete(slice, Reason.PORTS_GONE)));
            }
        });
        keepOneSlice(existing, writes);
        pairCreatesWithDeletes(writes);
        return new SlicePlan(
                ImmutableList.copyOf(writes.creates),
                ImmutableList.copyOf(writes.updates),
                ImmutableList.copyOf(writes.deletes));
    }

    /** The writes collected so far. */
    static final class Writes {
        final List<Create> creates = new ArrayList<>();
        final List<Update> updates = new ArrayList<>();
        final List<Delete> deletes = new ArrayList<>();
    }

    private static void keepOneSlice(List<EndpointSlice> existing, Writes writes) {
        if (existing.size() > writes.deletes.size() || !writes.creates.isEmpty()) {
            return;
        }
        if (writes.deletes.size() == 1 && isPlaceholder(writes.deletes.get(0).slice())) {
            writes.deletes.clear();
        } else {
            writes.creates.add(new Create(ImmutableList.of(), ImmutableList.of(), Reason.PLACEHOLDER));
        }
    }

    private static boolean isPlaceholder(EndpointSlice slice) {
        return slice.ports().isEmpty() && slice.endpoints().isEmpty();
    }

    /** The last slice to create takes the place of the first to delete, and so on. */
    private static void pairCreatesWithDeletes(Writes writes) {
        int pairs = Math.min(writes.creates.size(), writes.deletes.size());
        for (int i = 0; i < pairs; i++) {
            Create create = writes.creates.remove(writes.creates.size() - 1);
            EndpointSlice doomed = writes.deletes.get(i).slice();
            writes.updates.add(new Update(
                    new EndpointSlice(doomed.metadata(), create.endpoints(), create.ports()), Reason.REUSED));
        }
        writes.deletes.subList(0, pairs).clear();
    }
}
