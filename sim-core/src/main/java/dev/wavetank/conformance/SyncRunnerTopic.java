package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.network.SyncRunner;
import java.util.ArrayDeque;
import java.util.TreeSet;

/** Start and end of every sync of kube-proxy's rules. */
final class SyncRunnerTopic extends ServiceTopic {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    SyncRunnerTopic() {
        super("sync-runner");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        long until = input.path("observeUntilUs").asLong() * NANOS_PER_MICRO;
        JsonNode durations = input.path("syncDurationsMs");
        TreeSet<Integer> failing = new TreeSet<>();
        input.path("failingSyncs").forEach(sync -> failing.add(sync.asInt()));
        ArrayDeque<Long> requests = new ArrayDeque<>();
        input.path("runCallsUs").forEach(call -> requests.add(call.asLong() * NANOS_PER_MICRO));

        SyncRunner runner = SyncRunner.startedAt(
                0,
                new SyncRunner.Periods(
                        input.path("minIntervalMs").asLong() * NANOS_PER_MILLI,
                        input.path("retryIntervalMs").asLong() * NANOS_PER_MILLI,
                        input.path("maxIntervalMs").asLong() * NANOS_PER_MILLI));
        ArrayNode syncs = Json.MAPPER.createArrayNode();
        while (true) {
            while (!requests.isEmpty() && requests.getFirst() <= runner.nextStart()) {
                runner = runner.requested(requests.removeFirst());
            }
            long start = runner.nextStart();
            if (start > until) {
                return syncs;
            }
            int sync = syncs.size();
            long end = start + durations.get(sync % durations.size()).asLong() * NANOS_PER_MILLI;
            runner = runner.started();
            while (!requests.isEmpty() && requests.getFirst() <= end) {
                runner = runner.requested(requests.removeFirst());
            }
            runner = runner.finished(end, !failing.contains(sync));
            syncs.addArray().add(start / NANOS_PER_MICRO).add(end > until ? -1 : end / NANOS_PER_MICRO);
            if (end > until) {
                return syncs;
            }
        }
    }
}
