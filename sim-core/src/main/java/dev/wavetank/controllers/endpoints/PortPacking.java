package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.endpoints.SlicePlan.Create;
import dev.wavetank.controllers.endpoints.SlicePlan.Delete;
import dev.wavetank.controllers.endpoints.SlicePlan.Reason;
import dev.wavetank.controllers.endpoints.SlicePlan.Update;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs the endpoints of one set of ports into slices; used once. */
final class PortPacking {

    /** What makes two endpoints the same one, whatever its conditions. */
    private record Identity(String address, String targetPod) {}

    /** A slice and what it is to hold. */
    private static final class Draft {
        final EndpointSlice slice;
        final List<Endpoint> endpoints;
        final Reason reason;

        Draft(EndpointSlice slice, List<Endpoint> endpoints, Reason reason) {
            this.slice = slice;
            this.endpoints = endpoints;
            this.reason = reason;
        }

        int size() {
            return endpoints.size();
        }
    }

    private final ImmutableList<EndpointSlice.Port> ports;
    private final List<EndpointSlice> existing;
    private final int maxEndpoints;
    private final Map<Identity, Endpoint> unplaced = new LinkedHashMap<>();
    private final List<Draft> toUpdate = new ArrayList<>();
    private final List<EndpointSlice> unchanged = new ArrayList<>();

    PortPacking(
            ImmutableList<EndpointSlice.Port> ports,
            List<EndpointSlice> existing,
            List<Endpoint> desired,
            int maxEndpoints) {
        this.ports = ports;
        this.existing = existing;
        this.maxEndpoints = maxEndpoints;
        for (Endpoint endpoint : desired) {
            unplaced.put(identity(endpoint), endpoint);
        }
    }

    void pack(SlicePacking.Writes writes) {
        for (EndpointSlice slice : existing) {
            keepDesired(slice, writes);
        }
        ArrayDeque<Endpoint> rest = new ArrayDeque<>(unplaced.values());
        toUpdate.sort(Comparator.comparingInt(Draft::size).reversed());
        for (Draft draft : toUpdate) {
            fill(draft.endpoints, rest);
        }
        while (!rest.isEmpty()) {
            place(rest, writes);
        }
        for (Draft draft : toUpdate) {
            writes.updates.add(
                    new Update(draft.slice.withEndpoints(ImmutableList.copyOf(draft.endpoints)), draft.reason));
        }
    }

    private void keepDesired(EndpointSlice slice, SlicePacking.Writes writes) {
        List<Endpoint> kept = new ArrayList<>(slice.endpoints().size());
        boolean changed = false;
        for (Endpoint endpoint : slice.endpoints()) {
            Endpoint wanted = unplaced.remove(identity(endpoint));
            changed |= !endpoint.equals(wanted);
            if (wanted != null) {
                kept.add(wanted);
            }
        }
        if (!changed) {
            unchanged.add(slice);
        } else if (kept.isEmpty()) {
            writes.deletes.add(new Delete(slice, Reason.LEFT_EMPTY));
        } else {
            toUpdate.add(new Draft(slice, kept, Reason.ENDPOINTS_CHANGED));
        }
    }

    private void place(ArrayDeque<Endpoint> rest, SlicePacking.Writes writes) {
        EndpointSlice roomy = rest.size() < maxEndpoints ? fullestWithRoomFor(rest.size()) : null;
        List<Endpoint> endpoints = roomy == null ? new ArrayList<>() : new ArrayList<>(roomy.endpoints());
        fill(endpoints, rest);
        if (roomy == null) {
            writes.creates.add(new Create(ports, ImmutableList.copyOf(endpoints), Reason.NO_SLICE_HAS_ROOM));
        } else {
            unchanged.remove(roomy);
            toUpdate.add(new Draft(roomy, endpoints, Reason.ROOM_FOR_ALL));
        }
    }

    private @Nullable EndpointSlice fullestWithRoomFor(int additions) {
        EndpointSlice fullest = null;
        for (EndpointSlice slice : unchanged) {
            int size = slice.endpoints().size();
            boolean fits = size + additions <= maxEndpoints;
            if (fits && (fullest == null || size > fullest.endpoints().size())) {
                fullest = slice;
            }
        }
        return fullest;
    }

    private void fill(List<Endpoint> endpoints, ArrayDeque<Endpoint> rest) {
        while (!rest.isEmpty() && endpoints.size() < maxEndpoints) {
            endpoints.add(rest.remove());
        }
    }

    private static Identity identity(Endpoint endpoint) {
        return new Identity(endpoint.address(), endpoint.targetPod());
    }
}
