package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.PodRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The life of each pod as a lane of coloured stretches, grouped by what the pods belong to. */
final class PodLanes {

    /** What a pod is doing, in the order in which the page names them. */
    enum State {
        PENDING,
        STARTING,
        READY,
        NOT_READY,
        FAILING,
        TERMINATING,
        FINISHED
    }

    private static final int MOST_LANES = 500;
    private static final long MILLISECOND = 1_000_000;
    private static final Set<String> FAILING_REASONS = Set.of(
            "CrashLoopBackOff",
            "Error",
            "OOMKilled",
            "ImagePullBackOff",
            "ErrImagePull",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError");

    /** One pod's lane while it is being drawn. */
    private static final class Lane {
        final ObjectNode node;
        final ArrayNode stretches;

        @Nullable
        State state;

        String reason = "";
        boolean wasReady;
        int restarts;

        Lane(ObjectNode node, PodRow row) {
            this.node = node;
            this.stretches = node.putArray("stretches");
            this.restarts = row.restarts();
        }
    }

    private final Map<String, List<Lane>> byWorkload = new LinkedHashMap<>();
    private final Map<String, Lane> byName = new LinkedHashMap<>();
    private int leftOut;

    private PodLanes() {}

    /** Writes {@code workloads}, and how many pods there was no lane for. */
    static void write(History history, ObjectNode run) {
        PodLanes lanes = new PodLanes();
        history.pods().forEach(row -> lanes.add(row, run));
        ArrayNode workloads = run.putArray("workloads");
        lanes.byWorkload.forEach((name, pods) -> {
            ObjectNode workload = workloads.addObject();
            workload.put("name", name);
            ArrayNode array = workload.putArray("pods");
            pods.forEach(lane -> array.add(lane.node));
        });
        run.put("podsLeftOut", lanes.leftOut);
    }

    private void add(PodRow row, ObjectNode run) {
        Lane lane = byName.get(row.name());
        if (lane == null) {
            if (byName.size() >= MOST_LANES) {
                leftOut += row.type().equals("MODIFIED") || row.type().equals("DELETED") ? 0 : 1;
                return;
            }
            lane = new Lane(run.objectNode(), row);
            lane.node.put("pod", row.pod());
            lane.node.put("name", row.name());
            lane.node.put("hash", row.hash());
            byName.put(row.name(), lane);
            byWorkload
                    .computeIfAbsent(row.workload(), unused -> new ArrayList<>())
                    .add(lane);
        }
        if (!row.node().isEmpty()) {
            lane.node.put("node", row.node());
        }
        long at = Math.max(0, Math.floorDiv(row.at(), MILLISECOND));
        if (row.restarts() > lane.restarts) {
            lane.restarts = row.restarts();
            lane.node.withArray("restarts").add(at);
        }
        if (row.type().equals("DELETED")) {
            lane.node.put("gone", at);
            return;
        }
        State state = state(row, lane.wasReady);
        lane.wasReady |= row.ready();
        String reason = row.reason() == null || state == State.TERMINATING ? "" : row.reason();
        if (state != lane.state || !reason.equals(lane.reason)) {
            lane.state = state;
            lane.reason = reason;
            ArrayNode stretch = lane.stretches.addArray();
            stretch.add(at);
            stretch.add(state.ordinal());
            if (!reason.isEmpty()) {
                stretch.add(reason);
            }
        }
    }

    private static State state(PodRow row, boolean wasReady) {
        if (row.terminating()) {
            return State.TERMINATING;
        }
        if (row.phase().equals("Succeeded")) {
            return State.FINISHED;
        }
        if (row.phase().equals("Failed") || isFailing(row)) {
            return State.FAILING;
        }
        if (!row.scheduled()) {
            return State.PENDING;
        }
        if (row.ready()) {
            return State.READY;
        }
        return wasReady ? State.NOT_READY : State.STARTING;
    }

    private static boolean isFailing(PodRow row) {
        String reason = row.reason();
        boolean exited = "terminated".equals(row.containerState());
        return exited || (reason != null && FAILING_REASONS.contains(reason));
    }
}
