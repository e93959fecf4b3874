package dev.wavetank.controllers.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of a FailedScheduling event: how many nodes were ruled out for which reason, and why preemption does not help.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/types.go, FitError.
 */
final class FailureMessage {

    /** Longer event messages are cut. */
    private static final int MAX_LENGTH = 1024;

    private FailureMessage() {}

    static String of(List<RejectedNode> rejected, Preemption preemption) {
        if (rejected.isEmpty()) {
            return "no nodes available to schedule pods";
        }
        List<String> reasons = new ArrayList<>();
        rejected.forEach(node -> reasons.addAll(node.rejection().reasons()));
        String message = summary(rejected.size(), reasons);
        if (preemption.candidates().isEmpty()) {
            message += " no new claims to deallocate, preemption: " + summary(rejected.size(), preemption.reasons());
        }
        return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH);
    }

    /** The counts are sorted as texts, so "10 …" comes before "2 …". */
    private static String summary(int nodes, List<String> reasons) {
        Map<String, Integer> counts = new TreeMap<>();
        reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((reason, count) -> parts.add(count + " " + reason));
        parts.sort(null);
        return "0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".";
    }
}
