package dev.wavetank.live.compare;

import com.google.common.collect.ImmutableListMultimap;
import dev.wavetank.live.trace.Trace;
import dev.wavetank.live.trace.Trace.PodRow;
import java.util.List;
import java.util.function.Predicate;

/**
 * A trace with its rows sorted by pod and its actions by phase.
 *
 * @param rowsByPod in the order in which pods were first seen
 */
record Observed(Trace trace, Phases phases, ImmutableListMultimap<String, PodRow> rowsByPod) {

    static final long NEVER = -1;

    static Observed of(Trace trace) {
        ImmutableListMultimap.Builder<String, PodRow> rows = ImmutableListMultimap.builder();
        trace.timeline().forEach(row -> rows.put(row.pod(), row));
        return new Observed(trace, Phases.of(trace), rows.build());
    }

    /** True if an autoscaler decided how many pods there are: then numbers follow from measurements and are never quite the same. */
    boolean isAutoscaled() {
        return !trace.autoscalers().isEmpty();
    }

    List<PodRow> rows(String pod) {
        return rowsByPod.get(pod);
    }

    /** When a condition first held at or after a moment, not counting what was there at the start; {@link #NEVER} if never. */
    static long first(List<PodRow> rows, long from, Predicate<PodRow> condition) {
        if (from == NEVER) {
            return NEVER;
        }
        for (PodRow row : rows) {
            if (row.at() >= from && !row.isExisting() && condition.test(row)) {
                return row.at();
            }
        }
        return NEVER;
    }

    static long created(List<PodRow> rows) {
        return rows.get(0).isAdded() ? rows.get(0).at() : NEVER;
    }

    static long deletionBegun(List<PodRow> rows) {
        return first(rows, 0, row -> row.terminating() || row.isDeleted());
    }
}
